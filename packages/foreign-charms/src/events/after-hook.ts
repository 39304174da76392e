import type { View } from "@orrery/charm";
import { bagDigest, settingsDigest } from "./digest.ts";
import type { Hook, LifeHook, RelationHook, SecretHook } from "./hook.ts";
import { newRelation } from "./relation-hooks.ts";
import { bareSecretId } from "./secret-id.ts";
import type { OwnedSecret, Phase, RelationMemory, RotatePolicy, UnitMemory } from "./unit-memory.ts";

/** What a hook that ended well is remembered with. */
export interface Ended {
  readonly view: View;
  /** Digest of the files that it was run from. */
  readonly charm: string;
  readonly boot: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  readonly updateStatusMs: number;
}

/** Phases that a hook ends in, where it moves the unit on. */
const PHASES: Readonly<Partial<Record<LifeHook["event"], Phase>>> = {
  install: "installed",
  start: "started",
  "upgrade-charm": "upgraded",
  stop: "stopped",
  remove: "removed",
};

/** How long a secret may stand, in days; Juju counts months and quarters so. @see juju, `core/secrets/rotation.go`. */
const ROTATE_DAYS: Readonly<Record<RotatePolicy, number>> = {
  never: Number.POSITIVE_INFINITY,
  hourly: 1 / 24,
  daily: 1,
  weekly: 7,
  monthly: 30,
  quarterly: 90,
  yearly: 365,
};
const DAY_MS = 86_400_000;
/** A charm that did not answer to its time being up is asked again after this long. */
const AGAIN_MS = 300_000;

/** The memory once a hook has ended well: its event was told. */
export function afterHook(memory: UnitMemory, hook: Hook, ended: Ended): UnitMemory {
  switch (hook.kind) {
    case "life":
      return afterLife(memory, hook, ended);
    case "relation":
      return { ...memory, relations: afterRelation(memory, hook, ended) };
    case "secret":
      return afterSecret(memory, hook, ended);
    case "storage":
      break;
  }
  const name = `${hook.storage}/${hook.index}`;
  const others = memory.storage.filter((one) => one !== name);
  return { ...memory, storage: hook.event === "attached" ? [...others, name] : others };
}

/** What changes without the charm being told: a leader that is none any more, secrets that it may no longer read. */
export function quietly(memory: UnitMemory, view: View): UnitMemory {
  const leader = memory.leader && view.leader;
  const present = new Set(Object.keys(view.secrets).map(bareSecretId));
  const read = Object.fromEntries(Object.entries(memory.read).filter(([id]) => present.has(id)));
  const same = leader === memory.leader && Object.keys(read).length === Object.keys(memory.read).length;
  return same ? memory : { ...memory, leader, read };
}

/** When a secret of a policy has to change next, RFC 3339; nothing for one that never has to. */
export function nextRotation(policy: RotatePolicy | undefined, now: number): string | undefined {
  const days = ROTATE_DAYS[policy ?? "never"];
  return Number.isFinite(days) ? new Date(now + days * DAY_MS).toISOString() : undefined;
}

function afterLife(memory: UnitMemory, { event }: LifeHook, ended: Ended): UnitMemory {
  const phase = PHASES[event] ?? memory.phase;
  const moved: UnitMemory = {
    ...memory,
    phase,
    ...(event === "install" || event === "upgrade-charm" ? { charm: ended.charm } : {}),
    ...(event === "leader-elected" ? { leader: true } : {}),
    ...(event === "start" ? { boot: ended.boot } : {}),
  };
  if (event === "config-changed") {
    // Between install and the first start it comes always; after an upgrade the unit goes on as it was.
    const next: Phase = phase === "installed" ? "configured" : phase === "upgraded" ? "started" : phase;
    return { ...moved, phase: next, settings: settingsDigest(ended.view) };
  }
  if (event !== "start" && event !== "update-status") return moved;
  // A charm that never said how it is has no status. @see juju, `operation/runhook.go`.
  const unsaid =
    memory.status.status === "maintenance" && memory.status.message === "installing charm software";
  return {
    ...moved,
    updateStatusAt: new Date(ended.now + ended.updateStatusMs).toISOString(),
    ...(event === "start" && unsaid ? { status: { status: "unknown", message: "" } } : {}),
  };
}

function afterRelation(
  memory: UnitMemory,
  hook: RelationHook,
  { view }: Ended,
): Readonly<Record<string, RelationMemory>> {
  const { relation: id, unit } = hook;
  const { [id]: known = newRelation(hook, view.application), ...others } = memory.relations;
  if (hook.event === "broken") return others;
  const bags = view.relations.find((one) => one.id === id)?.bags;
  if (unit === undefined) {
    const seen = hook.event === "changed" ? { seen: bagDigest(bags?.remoteApplication ?? {}) } : {};
    return { ...others, [id]: { ...known, ...seen } };
  }
  const { [unit]: _gone, ...rest } = known.units;
  if (hook.event === "departed") return { ...others, [id]: { ...known, units: rest } };
  const told = hook.event === "joined" ? "" : bagDigest(bags?.remoteUnits[unit] ?? {});
  return { ...others, [id]: { ...known, units: { ...rest, [unit]: told } } };
}

function afterSecret(memory: UnitMemory, hook: SecretHook, { view, now }: Ended): UnitMemory {
  const revisions = Object.entries(view.secrets).map(([uri, { revision }]) => [bareSecretId(uri), revision]);
  const revision = Number(Object.fromEntries(revisions)[hook.id] ?? 1);
  if (hook.event === "changed") {
    const read = memory.read[hook.id];
    return read ? { ...memory, read: { ...memory.read, [hook.id]: { ...read, told: revision } } } : memory;
  }
  const owned = memory.owned[hook.id];
  if (!owned) return memory;
  return { ...memory, owned: { ...memory.owned, [hook.id]: postponed(owned, hook, now) } };
}

/** What the charm did in the hook has set a new time already; where it did nothing, it is asked again later. */
function postponed(owned: OwnedSecret, hook: SecretHook, now: number): OwnedSecret {
  const key = hook.event === "rotate" ? "rotateAt" : "expireAt";
  const at = owned[key];
  if (at === undefined || Date.parse(at) > now) return owned;
  return { ...owned, [key]: new Date(now + AGAIN_MS).toISOString() };
}
