/** The `alertmanager_dispatch` interface: where alerts are sent. */
export type { GrantedUrl as AlertmanagerAddress } from "../addressing/granted-url.ts";
export { provider } from "./provider.ts";
export type { DispatchProvided } from "./provider.ts";
export { requirer } from "./requirer.ts";
