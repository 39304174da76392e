// @ts-check
import { join } from "node:path";
import { bringDependencies, dependenciesPresent } from "./dependencies.mjs";
import { locked } from "./lock.mjs";
import { bringNode, presentNode, requireNode20 } from "./node24.mjs";
import { root } from "./repository.mjs";

/**
 * Makes the clone ready: a Node that runs TypeScript, and the dependencies of the lock file, installed under that Node.
 *
 * When all is there, this reads three files and writes none, so it also works offline and in a read-only tree. Any number of
 * processes may call it at once: one works, the others wait.
 *
 * @returns {Promise<string>} path of the Node to run everything with
 * @throws {import("./failure.mjs").SetUpFailure}
 */
export async function prepare() {
  requireNode20();
  const node = presentNode();
  if (node !== undefined && dependenciesPresent()) return node;
  endOnSignals();
  return locked(join(root, ".ci/node/.set-up-lock"), async () => {
    const ready = presentNode() ?? (await bringNode());
    if (!dependenciesPresent()) await bringDependencies(ready);
    return ready;
  });
}

/** Lets Ctrl-C during the set-up run the exit handlers, which end npm and free the lock. */
function endOnSignals() {
  for (const [signal, number] of /** @type {const} */ ([
    ["SIGINT", 2],
    ["SIGTERM", 15],
    ["SIGHUP", 1],
  ])) {
    process.once(signal, () => process.exit(128 + number));
  }
}
