import type { ForeignSystem, ForeignSystems, Store } from "@orrery/engine";
import { localForeign, openModel } from "@orrery/engine-local";

/**
 * Runs one command on a data folder, and kills this process, as `kill -9` does, at its n-th step: a commit of the state, or a use of the
 * foreign system's objects; before it or after it. Steps are counted from the command on, not from opening the model.
 *
 * Arguments: data folder, command, n (0 for never). Prints how many steps there were.
 */
const [home = "", command = "", at = "0"] = process.argv.slice(2);
if (command !== "apply" && command !== "undo" && command !== "disconnect")
  throw new Error(`no command ${command}`);

let counting = false;
let steps = 0;
const step = (): void => {
  if (!counting) return;
  steps += 1;
  if (steps === Number(at)) process.kill(process.pid, "SIGKILL");
};

function steppedStore(store: Store): Store {
  return {
    load: () => store.load(),
    commit: (changes) => {
      step();
      store.commit(changes);
      step();
    },
  };
}

/** Has a step before and after each use. */
function around<Args extends readonly unknown[], Result>(
  use: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    step();
    const result = await use(...args);
    step();
    return result;
  };
}

function stepped(system: ForeignSystem): ForeignSystem {
  return {
    ...system,
    store: () => {
      const store = system.store();
      return {
        ...store,
        write: around(store.write),
        delete: around(store.delete),
        load: around(store.load),
        settled: around(store.settled),
      };
    },
  };
}

const foreign: ForeignSystems = {
  ...localForeign,
  open: async (access) => {
    const system = await localForeign.open(access);
    return system && stepped(system);
  },
};

await using model = await openModel({ home, wrap: { store: steppedStore, foreign: () => foreign } });
counting = true;
await model.command({ command });
process.stdout.write(`${steps}\n`);
