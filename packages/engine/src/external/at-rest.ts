import { readersOf } from "../commands/readers.ts";
import type { Core } from "../core.ts";
import { takesPart } from "../settling/takes-part.ts";

/** Longest wait for an application's charm to be run on what it sees now, in milliseconds. */
const LONGEST_MS = 30_000;
const PAUSE_MS = 25;

/** Waits until an application's units, and those that they see, have been run on what they see now, or cannot be. */
export async function atRest(
  core: Core,
  application: string,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const end = core.around.clock() + LONGEST_MS;
  while (core.around.clock() < end && readersOf(core, application).some((unit) => isMoving(core, unit)))
    await pause(PAUSE_MS);
}

/** Whether a unit is yet to be run on what it sees, and can be. */
function isMoving(core: Core, name: string): boolean {
  const unit = core.db.units.get(name);
  if (!unit || !takesPart(core, unit.application)) return false;
  const failed =
    core.failures.get("charm", unit.application) !== undefined ||
    (["place", "evaluate", "cycle"] as const).some((stage) => core.failures.get(stage, name) !== undefined);
  if (failed) return false;
  // Its program may take minutes to come, and what it says meanwhile is what it said before.
  if (unit.placement === undefined) return !core.placing.has(unit.application);
  return core.evaluating.has(name) || core.dirty.has(name) || core.runtimes.get(name)?.viewKey === undefined;
}
