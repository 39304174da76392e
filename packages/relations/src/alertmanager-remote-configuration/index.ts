/** The `alertmanager_remote_configuration` interface: one application gives an Alertmanager its configuration. */
export type { AlertmanagerConfiguration } from "./configuration.ts";
export { provider } from "./provider.ts";
export { requirer } from "./requirer.ts";
