import type { RelationView } from "@orrery/charm";
import { newRelation } from "../events/relation-hooks.ts";
import type { RelationMemory } from "../events/unit-memory.ts";
import type { HookRun } from "./hook-run.ts";
import { relationOf } from "./hook-run.ts";

/** A relation as a run may see it: those of which the charm was told, and the one that it is told of now. */
export interface KnownRelation {
  readonly id: number;
  readonly memory: RelationMemory;
  /** Units on the other side that have joined, sorted as texts. */
  readonly units: readonly string[];
  /** Absent once the relation has ended. */
  readonly view?: RelationView;
}

/** Every relation that a run may see, in order of id. */
export function knownRelations(run: HookRun): readonly KnownRelation[] {
  const told = run.work.memory.relations;
  const hook = relationOf(run);
  const all: Record<string, RelationMemory> = { ...told };
  if (hook) all[hook.relation] ??= newRelation(hook, run.view.application);
  return Object.entries(all).map(([key, memory]) => known(run, Number(key), memory));
}

/** One of them. */
export function knownRelation(run: HookRun, id: number): KnownRelation | undefined {
  return knownRelations(run).find((one) => one.id === id);
}

function known(run: HookRun, id: number, memory: RelationMemory): KnownRelation {
  const view = run.view.relations.find((one) => one.id === id);
  return { id, memory, units: membersOf(run, id, memory), ...(view ? { view } : {}) };
}

/** The one that joins is a member in its own hook already, the one that departs no more. */
function membersOf(run: HookRun, id: number, memory: RelationMemory): readonly string[] {
  const members = new Set(Object.keys(memory.units));
  const hook = relationOf(run);
  if (hook?.relation === id && hook.unit !== undefined) {
    if (hook.event === "departed") members.delete(hook.unit);
    else members.add(hook.unit);
  }
  return [...members].toSorted();
}
