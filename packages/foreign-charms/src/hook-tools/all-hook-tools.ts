import { actionTools } from "./action-tools.ts";
import type { HookTool } from "./hook-tool.ts";
import { networkTools } from "./network-tools.ts";
import { refusedTools } from "./refused-tools.ts";
import { relationTools } from "./relation-tools.ts";
import { secretReadingTools } from "./secret-reading-tools.ts";
import { secretWritingTools } from "./secret-writing-tools.ts";
import { settingsTools } from "./settings-tools.ts";
import { stateTools } from "./state-tools.ts";
import { statusTools } from "./status-tools.ts";
import { storageTools } from "./storage-tools.ts";

/** Every hook tool, by name: what a charm's program finds on its PATH. */
export const hookTools: Readonly<Record<string, HookTool>> = Object.fromEntries(
  [
    ...relationTools,
    ...settingsTools,
    ...statusTools,
    ...stateTools,
    ...secretReadingTools,
    ...secretWritingTools,
    ...networkTools,
    ...storageTools,
    ...actionTools,
    ...refusedTools,
  ].map((tool) => [tool.name, tool]),
);
