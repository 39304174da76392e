import { waitUntil } from "../pace/wait-until.ts";
import { findByVariable } from "./processes.ts";
import { SERVICE_VARIABLE } from "./service-scripts.ts";

const GRACE_MS = 1000;
const KILLED_WITHIN_MS = 5000;

/** Ends what services left behind, also what left their process group; `mark` is how their mark starts. */
export async function endLeftovers(mark: string): Promise<void> {
  await endMarked({ variable: SERVICE_VARIABLE, mark });
}

/** Ends the daemons that hooks of charms left behind, as they may; `folder` holds the units that they belong to, or is the unit's own. */
export async function endDaemons(folder: string): Promise<void> {
  await endMarked({ variable: "JUJU_CHARM_DIR", mark: `${folder}/` });
}

interface Mark {
  readonly variable: string;
  readonly mark: string;
}

async function endMarked(marked: Mark): Promise<void> {
  if (sendAll(marked, "SIGTERM") === 0) return;
  if (
    await waitUntil(() => findByVariable(marked.variable, marked.mark).length === 0, {
      withinMs: GRACE_MS,
      everyMs: 50,
    })
  )
    return;
  // What is started while the list is gone through is found by the next round.
  await waitUntil(() => sendAll(marked, "SIGKILL") === 0, { withinMs: KILLED_WITHIN_MS, everyMs: 50 });
}

function sendAll({ variable, mark }: Mark, signal: "SIGTERM" | "SIGKILL"): number {
  const found = findByVariable(variable, mark);
  for (const pid of found) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in the meantime.
    }
  }
  return found.length;
}
