import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { bagKey, livingApplication, livingUnit, sidesOf, unitsOf } from "../model/model.ts";
import type { ApplicationRecord, UnitRecord } from "../model/records.ts";
import type { TableChange } from "../store/table.ts";
import type { AddUnitCommand, RemoveUnitCommand } from "./command.ts";
import { readersOf } from "./readers.ts";
import type { Plan } from "./plan.ts";

const MOST_UNITS = 100;

/** Plans further units. @throws OrreryError `APPLICATION_UNKNOWN`, `UNIT_COUNT_INVALID`. */
export function planAddUnit(core: Core, command: AddUnitCommand): Plan {
  const application = livingApplication(core.db, command.application);
  const grown = newUnits(core, application, { count: command.count ?? 1, least: 1 });
  return {
    changes: grown.changes,
    dirty: [...grown.names, ...readersOf(core, application.name)],
    result: {
      message: `added ${grown.names.join(", ")}`,
      details: { application: application.name, units: grown.names },
    },
  };
}

/** Plans the end of a unit: its bags go now, its services and files when the model settles. @throws OrreryError `UNIT_UNKNOWN`. */
export function planRemoveUnit(core: Core, command: RemoveUnitCommand): Plan {
  const unit = livingUnit(core.db, command.unit);
  const last = unitsOf(core.db, unit.application).length === 1;
  return {
    changes: [...endOfUnit(core, unit), ...(last ? silence(core, unit.application) : [])],
    dirty: readersOf(core, unit.application).filter((name) => name !== unit.name),
    result: { message: `removing ${unit.name}`, details: { unit: unit.name } },
  };
}

/** An application without units has nobody who stands by what it said. */
function silence(core: Core, application: string): readonly TableChange[] {
  return sidesOf(core.db, application).map(({ relation }) =>
    core.db.bags.drop(bagKey(relation.id, application)),
  );
}

/** The changes that begin a unit's end. */
export function endOfUnit(core: Core, unit: UnitRecord): readonly TableChange[] {
  const sides = sidesOf(core.db, unit.application);
  return [
    core.db.units.put(unit.name, { ...unit, life: "dying" }),
    ...sides.map(({ relation }) => core.db.bags.drop(bagKey(relation.id, unit.name))),
  ];
}

/** New units of an application, with the application's own row. */
export function newUnits(
  core: Core,
  application: ApplicationRecord,
  wanted: { readonly count: number; readonly least: number },
): { readonly names: readonly string[]; readonly changes: readonly TableChange[] } {
  const { count, least } = wanted;
  const most = MOST_UNITS - unitsOf(core.db, application.name).length;
  if (!Number.isInteger(count) || count < least || count > most) {
    throw new OrreryError("UNIT_COUNT_INVALID", `number of units ${count} is not from ${least} to ${most}`, {
      origin: { application: application.name },
    });
  }
  const created = now(core);
  const units = Array.from({ length: count }, (_, i): UnitRecord => {
    const number = application.nextUnit + i;
    return {
      name: `${application.name}/${number}`,
      application: application.name,
      number,
      life: "alive",
      created,
    };
  });
  return {
    names: units.map(({ name }) => name),
    changes: [
      core.db.applications.put(application.name, { ...application, nextUnit: application.nextUnit + count }),
      ...units.map((unit) => core.db.units.put(unit.name, unit)),
    ],
  };
}
