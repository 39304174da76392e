import type { View } from "@orrery/charm";
import { settingsDigest } from "./digest.ts";
import type { Hook, LifeHook, StorageHook } from "./hook.ts";
import { nextCreated, nextOfRelations, nextParting } from "./relation-hooks.ts";
import { nextOfSecrets } from "./secret-hooks.ts";
import type { UnitMemory } from "./unit-memory.ts";

/** What decides which hook is next. */
export interface Seen {
  readonly view: View;
  readonly memory: UnitMemory;
  /** Digest of the charm's files. */
  readonly charm: string;
  /** Tells one run of the machine from the next: what charms had started ended with the last one. */
  readonly boot: string;
  /** Storage that the unit has, as `data/0`. */
  readonly storage: readonly string[];
}

/** Id of the deadline at which `update-status` is due. */
export const UPDATE_STATUS = "update-status";

/**
 * Finds the next hook that a unit's charm has to be told, comparing what it sees with what it remembers; nothing when it was told all.
 *
 * @see juju, `internal/worker/uniter/resolver.go`: the order in which an agent picks what to do.
 */
export function nextHook(seen: Seen): Hook | undefined {
  const { view, memory } = seen;
  if (view.life === "dying") return nextOfDying(seen);
  if (memory.phase === "new") return nextStorage(seen) ?? life("install");
  // After a start of the machine that comes before all else.
  if (memory.phase === "started" && memory.boot !== seen.boot) return life("start");
  return (
    nextCreated(view, memory) ??
    (view.leader && !memory.leader ? life("leader-elected") : undefined) ??
    nextOfSecrets(view, memory) ??
    nextStorage(seen) ??
    nextOfLife(seen) ??
    nextOfRelations(view, memory) ??
    (view.due.includes(UPDATE_STATUS) ? life("update-status") : undefined)
  );
}

function nextOfLife({ view, memory, charm }: Seen): LifeHook | undefined {
  if (memory.phase === "installed" || memory.phase === "upgraded") return life("config-changed");
  if (memory.phase === "configured") return life("start");
  if (memory.charm !== charm) return life("upgrade-charm");
  return memory.settings === settingsDigest(view) ? undefined : life("config-changed");
}

function nextOfDying({ view, memory }: Seen): Hook | undefined {
  // One that never came to be has nothing to end.
  if (memory.phase === "new" || memory.phase === "removed") return undefined;
  if (memory.phase === "stopped") return nextDetaching(memory) ?? life("remove");
  return nextParting(view, memory) ?? life("stop");
}

function nextStorage({ memory, storage }: Seen): StorageHook | undefined {
  const next = storage.find((one) => !memory.storage.includes(one));
  return next === undefined ? undefined : storageHook("attached", next);
}

function nextDetaching(memory: UnitMemory): StorageHook | undefined {
  const [next] = memory.storage;
  return next === undefined ? undefined : storageHook("detaching", next);
}

function storageHook(event: StorageHook["event"], name: string): StorageHook {
  const [storage = "", index = "0"] = name.split("/");
  return { kind: "storage", event, storage, index: Number(index) };
}

function life(event: LifeHook["event"]): LifeHook {
  return { kind: "life", event };
}
