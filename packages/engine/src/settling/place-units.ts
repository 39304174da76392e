import { readersOf } from "../commands/readers.ts";
import type { Core } from "../core.ts";
import { unitsOf } from "../model/model.ts";
import type { UnitRecord } from "../model/records.ts";
import { problemFrom } from "./problem-from.ts";
import { takesPart } from "./takes-part.ts";
import { fail } from "./fail.ts";

/**
 * Begins to place units that have no place, one at a time for each application: further units take the first one's
 * port numbers. Programs may take minutes to come, so nothing else waits for it.
 */
export function beginPlacing(core: Core): void {
  for (const { name: application } of core.db.applications.values()) {
    if (core.placing.has(application) || !core.charms.has(application) || !takesPart(core, application))
      continue;
    const now = core.around.clock();
    const next = unitsOf(core.db, application).find(
      ({ name, placement }) => !placement && !core.failures.waits("place", name, now),
    );
    if (!next) continue;
    core.placing.begin(application, place(core, next));
  }
}

async function place(core: Core, unit: UnitRecord): Promise<void> {
  const charm = core.charms.get(unit.application);
  if (!charm) return;
  const placed = unitsOf(core.db, unit.application).find(({ placement }) => placement)?.placement;
  const { ports, containers, name } = charm.manifest;
  core.log.write("INFO", unit.name, "looking for an address, ports and programs");
  try {
    const placement = await core.around.substrate.place({
      unit: unit.name,
      application: unit.application,
      charm: name,
      folder: charm.folder,
      ports,
      containers,
      ...(placed ? { applicationPorts: placed.network.ports } : {}),
    });
    core.counters.placements += 1;
    core.failures.clear("place", unit.name);
    const now = core.db.units.get(unit.name);
    // It may have been removed meanwhile; then its teardown follows and takes the place back.
    if (now?.life !== "alive") return;
    core.db.commit([core.db.units.put(unit.name, { ...now, placement })]);
    core.log.write("INFO", unit.name, `placed at ${placement.network.address}`);
    for (const reader of readersOf(core, unit.application)) core.dirty.add(reader);
    core.changed();
  } catch (cause) {
    fail(core, "place", {
      entity: unit.name,
      problem: problemFrom(cause, { code: "PLACEMENT_FAILED", origin: { unit: unit.name } }),
    });
  }
}
