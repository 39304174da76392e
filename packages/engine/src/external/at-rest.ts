import type { Core } from "../core.ts";
import { unitsOf } from "../model/model.ts";

/** Longest wait for an application's charm to be run on what it sees now, in milliseconds. */
const LONGEST_MS = 30_000;
const PAUSE_MS = 25;

/** Waits until an application's units have been run on what they see now, or cannot be. */
export async function atRest(
  core: Core,
  application: string,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const end = core.around.clock() + LONGEST_MS;
  while (core.around.clock() < end) {
    const units = unitsOf(core.db, application);
    const busy = units.some(
      ({ name, placement }) =>
        core.evaluating.has(name) ||
        (placement === undefined && core.placing.has(application)) ||
        (core.dirty.has(name) && !core.failures.get("evaluate", name)),
    );
    const failed = (name: string): boolean =>
      (["charm", "place", "evaluate", "cycle"] as const).some(
        (stage) => core.failures.get(stage, stage === "charm" ? application : name) !== undefined,
      );
    const rested = units.every(({ name }) => failed(name) || core.runtimes.get(name)?.viewKey !== undefined);
    if (!busy && rested) return;
    await pause(PAUSE_MS);
  }
}
