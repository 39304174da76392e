import type { Hook, RelationHook } from "./hook.ts";
import { nextHook } from "./next-hook.ts";
import type { Seen } from "./next-hook.ts";

/**
 * The hook that is run now: the one that failed last, while what it tells still holds, else the next one.
 *
 * @see juju, `internal/worker/uniter/resolver.go`: while a hook is pending, no other is begun.
 */
export function chooseHook(seen: Seen, failing: Hook | undefined): Hook | undefined {
  return failing && stillHolds(failing, seen) ? failing : nextHook(seen);
}

function stillHolds(hook: Hook, seen: Seen): boolean {
  const next = nextHook(seen);
  if (next && JSON.stringify(next) === JSON.stringify(hook)) return true;
  const { memory, view } = seen;
  if (view.life === "dying" || memory.phase === "new") return false;
  if (hook.kind === "relation") return isOpen(hook, seen);
  const again = hook.kind === "life" && (hook.event === "config-changed" || hook.event === "update-status");
  // What else there is would be next by itself, or has lost its cause.
  return again && memory.phase === "started";
}

/** Whether a relation's hook tells something that is so and that the charm was not told. */
function isOpen(hook: RelationHook, { view, memory }: Seen): boolean {
  const known = memory.relations[hook.relation];
  const relation = view.relations.find(({ id }) => id === hook.relation);
  const joined = hook.unit !== undefined && known !== undefined && Object.hasOwn(known.units, hook.unit);
  const present = hook.unit === undefined || relation?.units.includes(hook.unit) === true;
  switch (hook.event) {
    case "created":
      return relation !== undefined && known === undefined;
    case "joined":
      return relation !== undefined && known !== undefined && present && !joined;
    case "changed":
      return relation !== undefined && known !== undefined && present && (joined || hook.unit === undefined);
    case "departed":
      return joined && (relation === undefined || !present);
    case "broken":
      break;
  }
  return known !== undefined && relation === undefined && Object.keys(known.units).length === 0;
}
