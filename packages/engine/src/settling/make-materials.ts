import type { Outcome } from "@orrery/charm";
import { renewMaterials } from "@orrery/materials";
import type { RenewedMaterials } from "@orrery/materials";
import type { Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { MaterialRecord } from "../model/records.ts";
import { printable } from "../reports/event-log.ts";
import type { TableChange } from "../store/table.ts";
import { dueMaterials, materialsOf } from "./due-materials.ts";

/** What a unit is to have, made and not yet committed. */
export interface MadeMaterials extends RenewedMaterials {
  /** What it had when the making began. */
  readonly before: ReadonlyMap<string, MaterialRecord>;
}

/** What a unit has that asks for nothing. */
export const NOTHING_MADE: MadeMaterials = { before: new Map(), generations: new Map(), problems: [] };

/** Makes what a unit asks for and lacks, and new generations that are due, one unit after another; changes nothing. */
export async function makeMaterials(
  core: Core,
  unit: string,
  requests: Outcome["materials"],
): Promise<MadeMaterials> {
  return await core.making.run(async () => {
    const before = new Map(materialsOf(core, unit).map((material) => [material.id, material]));
    const { random, clock, makeMaterial } = core.around;
    const making = { kept: before, random, now: clock, ...(makeMaterial ? { make: makeMaterial } : {}) };
    return { before, ...(await renewMaterials(requests, making)) };
  });
}

/** The changes that give a unit what was made, and drop what it no longer asks for. */
export function materialChanges(core: Core, unit: string, made: MadeMaterials): readonly TableChange[] {
  const { materials } = core.db;
  const puts = [...made.generations].map(([id, generation]) => {
    const [before, now] = [made.before.get(id), materials.get(`${unit} ${id}`)];
    // Whoever asked for a new generation while this one was made has not had it yet.
    const asked = (generation.asked ?? 0) + (now?.asked ?? 0) - (before?.asked ?? 0);
    return materials.put(`${unit} ${id}`, {
      unit,
      id,
      ...generation,
      ...(asked > 0 ? { asked } : {}),
    });
  });
  const gone = materialsOf(core, unit).filter(({ id }) => !made.generations.has(id));
  return [...puts, ...gone.map(({ id }) => materials.drop(`${unit} ${id}`))];
}

/** What became of the making, once it is committed: told, and tried again by itself where time may mend it. */
export function noteMaking(core: Core, unit: string, made: MadeMaterials): readonly Problem[] {
  for (const [id, { current }] of made.generations) {
    const before = made.before.get(id);
    if (current === before?.current) continue;
    const what = before ? "has a new generation" : "was made";
    core.log.write("INFO", unit, `material ${printable(id, 100)} ${what}`);
  }
  const problems = made.problems.map((found) => ({ ...found, origin: { unit, ...found.origin } }));
  const [first] = problems;
  const again =
    problems.some(({ code }) => code === "MATERIAL_FAILED") || dueMaterials(core, unit).length > 0;
  if (first && again) core.failures.add("material", unit, { problem: first, now: core.around.clock() });
  else core.failures.clear("material", unit);
  return problems;
}
