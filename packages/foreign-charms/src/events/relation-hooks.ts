import type { RelationView, View } from "@orrery/charm";
import { EMPTY_BAG, bagDigest } from "./digest.ts";
import type { RelationHook } from "./hook.ts";
import type { RelationMemory, UnitMemory } from "./unit-memory.ts";

/** The next relation of which the charm was not told. */
export function nextCreated(view: View, memory: UnitMemory): RelationHook | undefined {
  const next = view.relations.find(({ id }) => memory.relations[id] === undefined);
  if (!next) return undefined;
  const { id: relation, endpoint, application } = next;
  return { kind: "relation", event: "created", relation, endpoint, application };
}

/**
 * The next hook of the relations that the charm knows, in order of their ids.
 *
 * @see juju, `internal/worker/uniter/relation/resolver.go`: the order inside one relation.
 */
export function nextOfRelations(view: View, memory: UnitMemory): RelationHook | undefined {
  const seen = new Map(view.relations.map((relation) => [relation.id, relation]));
  for (const [key, known] of inOrder(memory)) {
    const relation = seen.get(Number(key));
    const about: About = { id: Number(key), known, view };
    const next = relation ? nextOf(relation, about) : nextOfEnded(about);
    if (next) return next;
  }
  return undefined;
}

/** The next hook by which a unit that goes takes leave: everybody departed, then the relation broken, one after the other. */
export function nextParting(view: View, memory: UnitMemory): RelationHook | undefined {
  for (const [key, known] of inOrder(memory)) {
    const next = nextOfEnded({ id: Number(key), known, view });
    if (next) return next;
  }
  return undefined;
}

interface About {
  readonly id: number;
  readonly known: RelationMemory;
  readonly view: View;
}

function nextOf(relation: RelationView, about: About): RelationHook | undefined {
  const { known } = about;
  const names = Object.keys(known.units).toSorted();
  const joined = names.find((name) => known.units[name] === "" && relation.units.includes(name));
  if (joined !== undefined) return hook(about, "changed", joined);
  const gone = names.find((name) => !relation.units.includes(name));
  if (gone !== undefined) return departed(about, gone);
  if (known.seen !== bagDigest(relation.bags.remoteApplication)) return hook(about, "changed");
  const present = [...relation.units].toSorted();
  const coming = present.find((name) => !Object.hasOwn(known.units, name));
  if (coming !== undefined) return hook(about, "joined", coming);
  const changed = present.find(
    (name) => known.units[name] !== bagDigest(relation.bags.remoteUnits[name] ?? {}),
  );
  return changed === undefined ? undefined : hook(about, "changed", changed);
}

function nextOfEnded(about: About): RelationHook | undefined {
  const [gone] = Object.keys(about.known.units).toSorted();
  if (gone !== undefined) return departed(about, gone);
  return about.known.peer ? undefined : hook(about, "broken");
}

function departed(about: About, unit: string): RelationHook {
  const departing = about.view.life === "dying" ? about.view.unit : unit;
  return { ...hook(about, "departed", unit), departing };
}

function hook({ id, known }: About, event: RelationHook["event"], unit?: string): RelationHook {
  const { endpoint, application } = known;
  return {
    kind: "relation",
    event,
    relation: id,
    endpoint,
    application,
    ...(unit === undefined ? {} : { unit }),
  };
}

function inOrder(memory: UnitMemory): readonly (readonly [string, RelationMemory])[] {
  return Object.entries(memory.relations).toSorted(([a], [b]) => Number(a) - Number(b));
}

/** The memory of a relation of which the charm has just been told. */
export function newRelation(hook: RelationHook, own: string): RelationMemory {
  const { endpoint, application } = hook;
  return { endpoint, application, peer: application === own, seen: EMPTY_BAG, units: {} };
}
