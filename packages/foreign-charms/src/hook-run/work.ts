import type { BagWrites } from "@orrery/charm";
import type { UnitMemory } from "../events/unit-memory.ts";

/**
 * What a unit's hooks have done that the engine has not taken in yet: the next outcome is made of it. Plain JSON, never changed in place.
 *
 * A hook works on its own copy; a hook that fails leaves that behind, but for what Juju does at once.
 */
export interface Work {
  readonly memory: UnitMemory;
  /** Whole contents of the unit's own bags, by relation id, where hooks wrote them. */
  readonly bags: Readonly<Record<string, BagWrites>>;
  /** Contents of own secrets by bare id, where hooks changed them; `null` for one that was removed. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>> | null>>;
}

/** Work of hooks that wrote nothing. */
export function noWork(memory: UnitMemory): Work {
  return { memory, bags: {}, secrets: {} };
}

/**
 * What stands after a hook that failed: what was there before it, and what takes effect at once.
 *
 * @see juju, `runner/context/context.go`: `status-set`, `application-version-set` and reads of secrets are not buffered.
 */
export function afterFailure(before: Work, failed: Work): Work {
  const { status, applicationStatus, workloadVersion, read } = failed.memory;
  return {
    ...before,
    memory: {
      ...before.memory,
      status,
      read,
      ...(applicationStatus === undefined ? {} : { applicationStatus }),
      ...(workloadVersion === undefined ? {} : { workloadVersion }),
    },
  };
}
