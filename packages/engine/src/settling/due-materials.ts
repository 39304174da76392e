import { isDue } from "@orrery/materials";
import type { Core } from "../core.ts";
import type { MaterialRecord } from "../model/records.ts";

/** What a unit was given so far, in order of id. */
export function materialsOf(core: Core, unit: string): readonly MaterialRecord[] {
  return core.db.materials.grouped("unit", unit, (material) => [material.unit]);
}

/** Ids of a unit's materials of which a new generation is due. */
export function dueMaterials(core: Core, unit: string): readonly string[] {
  const now = core.around.clock();
  return materialsOf(core, unit)
    .filter((material) => isDue(material, now))
    .map(({ id }) => id);
}
