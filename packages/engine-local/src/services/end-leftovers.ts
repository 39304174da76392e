import { join } from "node:path";
import { waitUntil } from "../pace/wait-until.ts";
import { findByVariable, findDetachedBelow } from "./processes.ts";
import { SERVICE_VARIABLE } from "./service-scripts.ts";

const GRACE_MS = 1000;
const KILLED_WITHIN_MS = 5000;

/** Ends what services left behind, also what left their process group; `mark` is how their mark starts. */
export async function endLeftovers(mark: string): Promise<void> {
  await endAll(() => findByVariable(SERVICE_VARIABLE, mark));
}

/**
 * Ends the daemons that hooks of charms have left running, as they may: those that still have a hook's environment, and those that run
 * from the unit's copy of its charm. `units` are folders of units.
 */
export async function endDaemons(units: readonly string[]): Promise<void> {
  const charms = units.map((unit) => join(unit, ".agent", "charm"));
  await endAll(() => [
    ...new Set(
      charms.flatMap((charm) => [
        ...findByVariable("JUJU_CHARM_DIR", `${charm}\0`),
        ...findDetachedBelow(charm),
      ]),
    ),
  ]);
}

async function endAll(find: () => readonly number[]): Promise<void> {
  if (sendAll(find, "SIGTERM") === 0) return;
  if (await waitUntil(() => find().length === 0, { withinMs: GRACE_MS, everyMs: 50 })) return;
  // What is started while the list is gone through is found by the next round.
  await waitUntil(() => sendAll(find, "SIGKILL") === 0, { withinMs: KILLED_WITHIN_MS, everyMs: 50 });
}

function sendAll(find: () => readonly number[], signal: "SIGTERM" | "SIGKILL"): number {
  const found = find();
  for (const pid of found) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in the meantime.
    }
  }
  return found.length;
}
