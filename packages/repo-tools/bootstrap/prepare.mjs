// @ts-check
import { join } from "node:path";
import { bringDependencies, dependenciesPresent } from "./dependencies.mjs";
import { Interrupted } from "./failure.mjs";
import { locked } from "./lock.mjs";
import { bringNode, presentNode, requireNode20 } from "./node24.mjs";
import { root } from "./repository.mjs";

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Makes the clone ready: a Node that runs TypeScript, and the dependencies of the lock file, installed under that Node.
 *
 * When all is there, this reads three files and writes none, so it also works offline and in a read-only tree. Any number of
 * processes may call it at once: one works, the others wait.
 *
 * @returns {Promise<string>} path of the Node to run everything with
 * @throws {import("./failure.mjs").SetUpFailure}
 * @throws {Interrupted} on Ctrl-C and its like, once npm has ended
 */
export async function prepare() {
  requireNode20();
  const node = presentNode();
  if (node !== undefined && dependenciesPresent()) return node;
  const interrupted = new AbortController();
  const interrupt = (/** @type {NodeJS.Signals} */ signal) => interrupted.abort(new Interrupted(signal));
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await locked(join(root, ".ci/node/.set-up-lock"), interrupted.signal, async () => {
      const ready = presentNode() ?? (await bringNode(interrupted.signal));
      if (!dependenciesPresent()) await bringDependencies(ready, interrupted.signal);
      return ready;
    });
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
  }
}
