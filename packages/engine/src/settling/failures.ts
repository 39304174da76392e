import type { Problem } from "@orrery/problems";

/** What can fail for a unit, or for an application when its charm is loaded. */
export type Stage = "charm" | "place" | "evaluate" | "material" | "cycle" | "apply" | "observe" | "remove";

/** Something that failed and will be tried again. */
export interface Failure {
  readonly stage: Stage;
  /** Unit, or application for the stage `charm`. */
  readonly entity: string;
  readonly problem: Problem;
  /** Times in a row. */
  readonly count: number;
  /** Milliseconds since 1970, UTC. */
  readonly retryAt: number;
}

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;

/** What failed and when it is tried again: 5 s after the first time, then twice as long each time, 5 min at most. */
export class Failures {
  readonly #failures = new Map<string, Failure>();

  add(stage: Stage, entity: string, failed: { readonly problem: Problem; readonly now: number }): Failure {
    const count = (this.get(stage, entity)?.count ?? 0) + 1;
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(count - 1, 10));
    const failure: Failure = { stage, entity, problem: failed.problem, count, retryAt: failed.now + delay };
    this.#failures.set(key(stage, entity), failure);
    return failure;
  }

  get(stage: Stage, entity: string): Failure | undefined {
    return this.#failures.get(key(stage, entity));
  }

  /** Whether it failed and its time has not come yet. */
  waits(stage: Stage, entity: string, now: number): boolean {
    return (this.get(stage, entity)?.retryAt ?? 0) > now;
  }

  /** Says whether there was something to clear. */
  clear(stage: Stage, entity: string): boolean {
    return this.#failures.delete(key(stage, entity));
  }

  /** Forgets an entity. */
  forget(entity: string): void {
    for (const [name, failure] of this.#failures) if (failure.entity === entity) this.#failures.delete(name);
  }

  /** Has everything of these entities tried again at once: somebody changed what they depend on. */
  hasten(entities: ReadonlySet<string>): void {
    for (const [name, failure] of this.#failures) {
      if (entities.has(failure.entity)) this.#failures.set(name, { ...failure, retryAt: 0 });
    }
  }

  all(): readonly Failure[] {
    return [...this.#failures.values()];
  }
}

function key(stage: Stage, entity: string): string {
  return `${stage} ${entity}`;
}
