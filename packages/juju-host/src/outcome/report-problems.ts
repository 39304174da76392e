import { createHash } from "node:crypto";
import { formatProblem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { HookTools } from "../tools/hook-tools.ts";
import { log } from "../tools/unit-tools.ts";
import type { LogLevel } from "../tools/unit-tools.ts";

const LEVELS: Readonly<Record<Problem["severity"], LogLevel>> = {
  error: "ERROR",
  warning: "WARNING",
  info: "INFO",
};

/**
 * Logs what was found, once for as long as it stands, and gives a digest of it.
 *
 * @param told - The digest that this gave at the last hook.
 */
export async function reportProblems(
  tools: HookTools,
  problems: readonly Problem[],
  told: string,
): Promise<string> {
  const lines = problems.map((found) => [LEVELS[found.severity], formatProblem(found)] as const);
  const digest =
    lines.length === 0 ? "" : createHash("sha256").update(JSON.stringify(lines)).digest("hex").slice(0, 16);
  if (digest !== told) for (const [level, line] of lines) await log(tools, level, line);
  return digest;
}
