import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { didYouMean } from "../model/near-matches.ts";
import { printable } from "../reports/event-log.ts";
import { materialsOf } from "./due-materials.ts";

/**
 * Has a new generation of a material made when its unit is run the next time; kept, so that it is made after a crash too.
 *
 * @throws OrreryError `MATERIAL_UNKNOWN` when the unit has none of that id, `STORE_FULL` or `STORE_FAILED`.
 */
export function rotateMaterial(core: Core, unit: string, id: string): void {
  const key = `${unit} ${id}`;
  const material = core.db.materials.get(key);
  if (!material) {
    const known = materialsOf(core, unit).map((one) => one.id);
    const message = `material ${printable(id, 100)} is none of ${unit}${didYouMean(id, known)}`;
    const remedy = `name one of: ${known.join(", ") || "(it has none)"}`;
    throw new OrreryError("MATERIAL_UNKNOWN", message, { remedy, origin: { unit } });
  }
  core.db.commit([core.db.materials.put(key, { ...material, asked: (material.asked ?? 0) + 1 })]);
  core.dirty.add(unit);
}
