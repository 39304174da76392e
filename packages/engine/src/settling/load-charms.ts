import { charmOf } from "../commands/charm-of.ts";
import type { Core } from "../core.ts";
import { readersOf } from "../commands/readers.ts";
import { problemFrom } from "./problem-from.ts";
import { fail } from "./fail.ts";
import { refreshStatus } from "./effective-status.ts";
import { unitsOf } from "../model/model.ts";

/** Loads the charms of applications that were there at the start. Says whether one came. */
export async function loadCharms(core: Core): Promise<boolean> {
  const now = core.around.clock();
  const missing = core.db.applications
    .values()
    .filter(
      ({ name, life }) =>
        life === "alive" && !core.charms.has(name) && !core.failures.waits("charm", name, now),
    );
  let loaded = false;
  for (const { name } of missing) {
    try {
      await charmOf(core, name);
      core.failures.clear("charm", name);
      for (const { name: unit } of unitsOf(core.db, name))
        if (core.db.states.has(unit)) refreshStatus(core, unit);
      // Until now nobody knew what its options grant.
      for (const reader of readersOf(core, name)) core.dirty.add(reader);
      loaded = true;
    } catch (cause) {
      fail(core, "charm", {
        entity: name,
        problem: problemFrom(cause, { code: "CHARM_INVALID", origin: { application: name } }),
      });
    }
  }
  return loaded;
}
