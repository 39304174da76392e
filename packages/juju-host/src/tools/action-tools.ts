import { OrreryError } from "@orrery/problems";
import { LONGEST_ARGUMENT } from "./hook-tools.ts";
import type { HookTools } from "./hook-tools.ts";
import { recordOf } from "./read-answer.ts";

/** Keys that Juju keeps for the output of the program itself. */
const RESERVED = new Set(["stdout", "stderr", "stdout-encoding", "stderr-encoding"]);

/** The action's parameters, Juju's defaults filled in. */
export async function readParameters(tools: HookTools): Promise<Readonly<Record<string, unknown>>> {
  return recordOf("action-get", await tools.json({ name: "action-get", args: ["--format=json"] }));
}

/**
 * Gives the action's results to Juju: texts as they are, everything else as JSON, under names as Juju allows them.
 *
 * @throws OrreryError `ACTION_RESULT_INVALID` for one that is longer than an argument may be.
 */
export async function setResults(
  tools: HookTools,
  results: Readonly<Record<string, unknown>>,
): Promise<void> {
  const pairs = Object.entries(results).map(([name, value]) => {
    const pair = `${resultName(name)}=${typeof value === "string" ? value : JSON.stringify(value)}`;
    const bytes = Buffer.byteLength(pair);
    if (bytes <= LONGEST_ARGUMENT) return pair;
    const message = `result ${name} has ${bytes} bytes; Juju takes ${LONGEST_ARGUMENT}`;
    throw new OrreryError("ACTION_RESULT_INVALID", message);
  });
  if (pairs.length > 0) await tools.text({ name: "action-set", args: pairs });
}

/** Has the action count as failed. */
export async function failAction(tools: HookTools, message: string): Promise<void> {
  await tools.text({ name: "action-fail", args: ["--", message.slice(0, 4000)] });
}

/** `deliveredCount` becomes `delivered-count`. @see juju-protocol, `action-set`: the form of a key. */
export function resultName(name: string): string {
  const kebab = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return kebab === "" || RESERVED.has(kebab) ? `result${kebab === "" ? "" : `-${kebab}`}` : kebab;
}
