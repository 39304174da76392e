/** Other people's charms under our engine. */
export { loadHookCharm } from "./load-hook-charm.ts";
export type { HookSettings } from "./agent/agent-options.ts";
export { isHookCharm, looksLikeHookCharm } from "./package/read-charm-folder.ts";
export { unpackCharm } from "./package/unpack-charm.ts";
export { hookToolsReference } from "./hook-tools-reference.ts";
