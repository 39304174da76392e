import type { Bag } from "@orrery/charm";
import { interfaceBag } from "@orrery/databag";
import type { HookTools } from "../tools/hook-tools.ts";
import { writeBag } from "../tools/relation-tools.ts";
import type { SeenRelation } from "../view/seen-relation.ts";
import type { PlannedBags } from "./plan-bags.ts";

/** Writes what differs from what the bags held when the hook began: one call for each bag, none for one that stays as it was. */
export async function writeBags(
  tools: HookTools,
  relations: readonly SeenRelation[],
  planned: PlannedBags,
): Promise<void> {
  for (const { endpoint, id, own } of relations) {
    const wanted = planned.get(id);
    if (!wanted) continue;
    for (const kind of ["unit", "application"] as const) {
      const changes = changesOf(own[kind], wanted[kind]);
      if (Object.keys(changes).length > 0) await writeBag(tools, { endpoint, id }, { kind, changes });
    }
  }
}

/** Keys to write, sorted; an empty text removes one. Keys that Juju itself keeps are never removed. */
export function changesOf(before: Bag, wanted: Bag): Bag {
  const gone = Object.keys(interfaceBag(before)).filter((key) => !Object.hasOwn(wanted, key));
  const changed = Object.entries(wanted).filter(([key, value]) => before[key] !== value.toWellFormed());
  const changes = [...gone.map((key): [string, string] => [key, ""]), ...changed];
  return Object.fromEntries(changes.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
