/** Other people's charms under our engine. */
export { hookTools } from "./hook-tools/all-hook-tools.ts";
export { runHookTool } from "./hook-tools/run-hook-tool.ts";
