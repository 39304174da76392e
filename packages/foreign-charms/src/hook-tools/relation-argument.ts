import { knownRelation } from "../hook-run/known-relations.ts";
import type { KnownRelation } from "../hook-run/known-relations.ts";
import { relationOf } from "../hook-run/hook-run.ts";
import type { HookRun } from "../hook-run/hook-run.ts";
import type { ParsedArguments } from "./parse-arguments.ts";
import { ToolError, badArguments } from "./tool-error.ts";

/** The option that names a relation. */
export const RELATION = { r: { kind: "text", short: "r" } } as const;

/**
 * The relation that a tool is about: the one of `-r`, as `7` or `db:7`, else that of the hook.
 *
 * @throws ToolError in Juju's words; one that is not known is a fault of the arguments.
 */
export function relationArgument(run: HookRun, { texts }: ParsedArguments): KnownRelation {
  const given = texts["r"];
  if (given === undefined) {
    const hook = relationOf(run);
    const found = hook && knownRelation(run, hook.relation);
    if (!found) throw new ToolError("no relation id specified");
    return found;
  }
  const [, endpoint, digits] = /^(?:(.*):)?(\d+)$/su.exec(given) ?? [];
  const found = digits === undefined ? undefined : knownRelation(run, Number(digits));
  if (!found || (endpoint !== undefined && endpoint !== found.memory.endpoint)) {
    const why = digits === undefined ? "invalid relation id" : "relation not found";
    throw badArguments(`invalid value ${JSON.stringify(given)} for option -r: ${why}`);
  }
  return found;
}
