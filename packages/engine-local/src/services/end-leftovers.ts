import { waitUntil } from "../pace/wait-until.ts";
import { findByVariable } from "./processes.ts";
import { SERVICE_VARIABLE } from "./service-scripts.ts";

const GRACE_MS = 1000;
const KILLED_WITHIN_MS = 5000;

/** Ends what services left behind, also what left their process group; `mark` is how their mark starts. */
export async function endLeftovers(mark: string): Promise<void> {
  if (sendAll(mark, "SIGTERM") === 0) return;
  if (
    await waitUntil(() => findByVariable(SERVICE_VARIABLE, mark).length === 0, {
      withinMs: GRACE_MS,
      everyMs: 50,
    })
  )
    return;
  // What is started while the list is gone through is found by the next round.
  await waitUntil(() => sendAll(mark, "SIGKILL") === 0, { withinMs: KILLED_WITHIN_MS, everyMs: 50 });
}

function sendAll(mark: string, signal: "SIGTERM" | "SIGKILL"): number {
  const found = findByVariable(SERVICE_VARIABLE, mark);
  for (const pid of found) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in the meantime.
    }
  }
  return found.length;
}
