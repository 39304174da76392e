import type { Core } from "../core.ts";
import type { UnitRecord } from "../model/records.ts";
import { endOfSecrets } from "../secrets/keep-secrets.ts";
import { materialsOf } from "./due-materials.ts";
import { problemFrom } from "./problem-from.ts";
import { fail } from "./fail.ts";
import { sayFarewell } from "./say-farewell.ts";
import { takesPart } from "./takes-part.ts";
import { waitTogether } from "./wait-together.ts";

/** Ends units that are being removed, and applications that have none left. Says whether there was something to do. */
export async function tearDown(core: Core): Promise<boolean> {
  const now = core.around.clock();
  const dying = core.db.units
    .grouped("dying", "dying", ({ life }) => [life])
    .filter(
      ({ name, application }) =>
        takesPart(core, application) &&
        !core.placing.has(application) &&
        !core.evaluating.has(name) &&
        !core.ending.has(name) &&
        !core.failures.waits("remove", name, now),
    );
  for (const unit of dying) core.ending.begin(unit.name, endUnit(core, unit));
  await waitTogether(core, core.ending.running(dying.map(({ name }) => name)));
  const gone = core.db.applications
    .values()
    .filter(
      ({ name, life }) =>
        life === "dying" &&
        !core.placing.has(name) &&
        !core.failures.waits("remove", name, now) &&
        core.db.units.grouped("all", name, (unit) => [unit.application]).length === 0,
    );
  for (const { name } of gone) endApplication(core, name);
  return dying.length > 0 || gone.length > 0;
}

function endApplication(core: Core, name: string): void {
  try {
    core.db.commit([...endOfSecrets(core, name), core.db.applications.drop(name)]);
  } catch (cause) {
    fail(core, "remove", {
      entity: name,
      problem: problemFrom(cause, { code: "REMOVAL_FAILED", origin: { application: name } }),
    });
    return;
  }
  core.charms.delete(name);
  core.failures.forget(name);
  core.log.write("INFO", name, "removed");
  core.changed();
}

async function endUnit(core: Core, unit: UnitRecord): Promise<void> {
  const { db } = core;
  try {
    await sayFarewell(core, unit);
    core.runtimes.get(unit.name)?.runner?.close?.();
    await core.around.substrate.remove(unit.name);
    db.commit([
      ...materialsOf(core, unit.name).map(({ id }) => db.materials.drop(`${unit.name} ${id}`)),
      ...endOfSecrets(core, unit.application, unit.name),
      db.states.drop(unit.name),
      db.units.drop(unit.name),
    ]);
  } catch (cause) {
    fail(core, "remove", {
      entity: unit.name,
      problem: problemFrom(cause, { code: "REMOVAL_FAILED", origin: { unit: unit.name } }),
    });
    return;
  }
  core.counters.removals += 1;
  core.runtimes.delete(unit.name);
  core.dirty.delete(unit.name);
  core.failures.forget(unit.name);
  core.log.write("INFO", unit.name, "removed");
  core.changed();
}
