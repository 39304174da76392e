import type { Bag } from "@orrery/charm";
import { bagDigest } from "../events/digest.ts";
import type { HookRun } from "./hook-run.ts";
import type { KnownRelation } from "./known-relations.ts";
import { ToolError } from "../hook-tools/tool-error.ts";

/** Characters that one bag may hold, keys and values together; the engine takes no larger one. */
const LARGEST_BAG = 16 * 1024 * 1024;

/**
 * Reads a bag of a relation as the run's unit may see it; its own ones with what the run has written into them.
 *
 * @throws ToolError in Juju's words where the unit may not, or nobody of that name is there.
 * @see juju-protocol: databag access matrix.
 */
export function readBag(run: HookRun, relation: KnownRelation, owner: string): Bag {
  const { view, lastSeen, work } = run;
  const { memory, id } = relation;
  const written = work.bags[String(id)];
  if (owner === view.unit) {
    return written?.unit ?? relation.view?.bags.localUnit ?? lastSeen.read(id, owner) ?? {};
  }
  if (owner === view.application) {
    if (view.leader) {
      return written?.application ?? relation.view?.bags.localApplication ?? lastSeen.read(id, owner) ?? {};
    }
    if (memory.peer) return relation.view?.bags.remoteApplication ?? lastSeen.read(id, owner) ?? {};
    throw new ToolError("cannot read relation application settings: permission denied (unauthorized access)");
  }
  if (owner === memory.application) {
    return relation.view?.bags.remoteApplication ?? lastSeen.read(id, owner) ?? {};
  }
  const theirs = owner.startsWith(`${memory.application}/`);
  const bag = theirs ? (relation.view?.bags.remoteUnits[owner] ?? lastSeen.read(id, owner)) : undefined;
  if (bag) return bag;
  throw new ToolError(
    `cannot read settings for unit ${JSON.stringify(owner)} in relation "${memory.endpoint}:${id}": permission denied`,
  );
}

/**
 * Writes into the unit's own bag, or its application's; an empty value takes a key out. The rest of the bag stays.
 *
 * @throws ToolError for an application's bag without being its leader, and past the size limit.
 */
export function writeBag(
  run: HookRun,
  relation: KnownRelation,
  change: { readonly of: "application" | "unit"; readonly values: Bag },
): void {
  const { view, work } = run;
  if (change.of === "application" && !view.leader) throw new ToolError("cannot write relation settings");
  const before = readBag(run, relation, change.of === "unit" ? view.unit : view.application);
  const merged = Object.entries({ ...before, ...change.values }).filter(([, value]) => value !== "");
  const size = merged.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  if (size > LARGEST_BAG) {
    throw new ToolError(
      `cannot write relation settings: bag would hold ${size} characters; allowed are ${LARGEST_BAG}`,
    );
  }
  const key = String(relation.id);
  const bag = Object.fromEntries(merged);
  run.work = { ...work, bags: { ...work.bags, [key]: { ...work.bags[key], [change.of]: bag } } };
  if (change.of === "application" && relation.memory.peer) noteOwn(run, relation, bag);
}

/** Among peers, what a leader writes for all is what it would be told of: it is not. */
function noteOwn(run: HookRun, { id, memory }: KnownRelation, bag: Bag): void {
  const relations = { ...run.work.memory.relations, [id]: { ...memory, seen: bagDigest(bag) } };
  run.work = { ...run.work, memory: { ...run.work.memory, relations } };
}
