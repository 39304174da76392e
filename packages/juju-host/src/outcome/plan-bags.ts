import type { Bag, Outcome } from "@orrery/charm";
import { interfaceBag } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { OwnBags } from "../view/build-view.ts";
import type { Seen } from "../view/look.ts";

/** Characters that one bag may hold, keys and values together; the engine's own bound. */
const LARGEST_BAG = 16 * 1024 * 1024;

/** The bags of each relation as they will be, by relation id. */
export type PlannedBags = ReadonlyMap<number, OwnBags>;

/** The bags as they are: what Juju itself put there is none of the charm's. */
export function presentBags({ relations }: Pick<Seen, "relations">): PlannedBags {
  return new Map(
    relations.map(({ id, own }) => [
      id,
      { unit: interfaceBag(own.unit), application: interfaceBag(own.application) },
    ]),
  );
}

/**
 * The bags as a charm wants them. A relation that it does not name keeps what it has.
 *
 * What the unit may not write, or nobody, is left out as problems.
 */
export function planBags(
  before: PlannedBags,
  wanted: Outcome["bags"],
  { unit, leader }: { readonly unit: string; readonly leader: boolean },
): { readonly bags: PlannedBags; readonly problems: readonly Problem[] } {
  const bags = new Map(before);
  const problems: Problem[] = [];
  for (const [text, writes] of Object.entries(wanted)) {
    const id = Number(text);
    const present = before.get(id);
    const origin = { unit, relation: id };
    if (!present) {
      const message = `${unit} wrote to relation ${text}, which it is not part of`;
      problems.push(problem("BAG_NOT_MEMBER", { message, origin }));
      continue;
    }
    if (writes.application && !leader) {
      const message = `${unit} wrote its application's bag in relation ${text} without being its leader`;
      problems.push(problem("BAG_NOT_LEADER", { message, origin, severity: "warning" }));
    }
    const written = {
      unit: writes.unit,
      application: leader ? writes.application : undefined,
    };
    for (const [owner, bag] of Object.entries(written)) {
      if (!bag || sizeOf(bag) <= LARGEST_BAG) continue;
      const message = `bag of the ${owner} in relation ${text} has ${sizeOf(bag)} characters; allowed are ${LARGEST_BAG}`;
      problems.push(problem("BAG_TOO_LARGE", { message, origin }));
    }
    bags.set(id, {
      unit: fitting(written.unit) ?? present.unit,
      application: fitting(written.application) ?? present.application,
    });
  }
  return { bags, problems };
}

/** A bag as it is kept: sorted, an empty text is an absent key; nothing for one that is too large, which leaves the one before. */
function fitting(bag: Bag | undefined): Bag | undefined {
  if (!bag || sizeOf(bag) > LARGEST_BAG) return undefined;
  const kept = Object.entries(bag).filter(([, value]) => value !== "");
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sizeOf(bag: Bag): number {
  return Object.entries(bag).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}
