import type { Contributor, Relations } from "../definition/endpoint.ts";

/** How often results were made and how often they were remembered, since the session began. */
export interface DeriveCounters {
  computed: number;
  remembered: number;
}

/** Remembers results by the identity of what they were made of, so that cost follows the change. */
export interface Derive {
  /** Makes a value again only when one of `from` is another object or value than last time. `name` is unique in the charm. */
  <Result>(name: string, from: readonly unknown[], make: () => Result): Result;
  /**
   * Makes one result a contributor, again only for those that changed, or when `from` did; results by contributor key.
   *
   * `from` as a function says for each contributor what else its result is made of.
   */
  each: <In, Result>(
    name: string,
    source: DeriveSource<In>,
    make: (one: Contributor<In>) => Result,
  ) => ReadonlyMap<string, Result>;
}

/** The contributors that results are made of, and what else. */
export interface DeriveSource<In> {
  readonly of: Relations<In>;
  readonly from?: readonly unknown[] | ((one: Contributor<In>) => readonly unknown[]);
}

interface Memory {
  readonly from: readonly unknown[];
  readonly result: unknown;
}

/** The memory of one unit: lives as long as its session. */
export class DeriveMemory {
  readonly counters: DeriveCounters = { computed: 0, remembered: 0 };
  #single = new Map<string, Memory>();
  #each = new Map<string, Map<string, Memory>>();

  /** Gives the functions for one evaluation. */
  functions(): Derive {
    const derive = <Result>(name: string, from: readonly unknown[], make: () => Result): Result =>
      this.#recall(this.#single, name, { from, make });
    return Object.assign(derive, {
      each: <In, Result>(
        name: string,
        { of, from = [] }: DeriveSource<In>,
        make: (one: Contributor<In>) => Result,
      ): ReadonlyMap<string, Result> => {
        const old = this.#each.get(name) ?? new Map<string, Memory>();
        const kept = new Map<string, Memory>();
        const results = new Map<string, Result>();
        for (const one of of.relations) {
          const before = old.get(one.key);
          if (before) kept.set(one.key, before);
          const result = this.#recall(kept, one.key, {
            from: [one, ...(typeof from === "function" ? from(one) : from)],
            make: () => make(one),
          });
          results.set(one.key, result);
        }
        // A contributor that is gone is forgotten with it.
        this.#each.set(name, kept);
        return results;
      },
    });
  }

  #recall<Result>(
    memories: Map<string, Memory>,
    name: string,
    wanted: { readonly from: readonly unknown[]; readonly make: () => Result },
  ): Result {
    const before = memories.get(name);
    if (before && same(before.from, wanted.from)) {
      this.counters.remembered += 1;
      return before.result as Result;
    }
    const result = wanted.make();
    this.counters.computed += 1;
    memories.set(name, { from: wanted.from, result });
    return result;
  }
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
