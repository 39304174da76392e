/** A Juju for tests: one unit's agent that answers hook tools strictly, in this process or as programs on disk. */
export { StrictJuju, toolNames } from "./testing/strict-juju.ts";
export type { StrictHook } from "./testing/strict-juju.ts";
export { jujuState } from "./testing/juju-state.ts";
export type { Effects, JujuRelation, JujuSecret, JujuState, Texts } from "./testing/juju-state.ts";
export { hookEnvironment } from "./testing/hook-environment.ts";
export type { HookRequest } from "./testing/hook-environment.ts";
export { serveTools } from "./testing/serve-tools.ts";
export type { ServedTools } from "./testing/serve-tools.ts";
export type { RunTool, ToolCall, ToolResult } from "./tools/run-tool.ts";
