/** One unit's change that another unit sees, or it itself. */
export interface Ripple {
  readonly from: string;
  readonly to: string;
  /** Relation id; absent for what became of the unit's own files. */
  readonly relation?: number;
}

/**
 * Counts the rounds that a model takes to come to rest.
 *
 * A change travels at most through every application, and once more for each answer; a model that takes more rounds
 * than that goes round in a circle.
 */
export class Rounds {
  #count = 0;
  #ripples: (Ripple & { readonly round: number })[] = [];

  /** Rounds so far. */
  get count(): number {
    return this.#count;
  }

  /** Begins again: somebody changed the model. */
  reset(): void {
    this.#count = 0;
    this.#ripples = [];
  }

  /** Begins a round. Says whether it is past the bound for so many applications. */
  next(applications: number): boolean {
    this.#count += 1;
    const kept = this.#count - applications - 8;
    this.#ripples = this.#ripples.filter(({ round }) => round >= kept);
    return this.#count > 16 + 4 * applications;
  }

  note(ripple: Ripple): void {
    this.#ripples.push({ ...ripple, round: this.#count });
  }

  /** Units that their own changes come back to, with the relations on the way. */
  cycle(): { readonly units: readonly string[]; readonly relations: readonly number[] } {
    const next = new Map<string, Set<string>>();
    for (const { from, to } of this.#ripples) next.set(from, (next.get(from) ?? new Set()).add(to));
    const reached = new Map([...next.keys()].map((unit) => [unit, reachable(next, unit)]));
    const inCycle = (from: string, to: string): boolean => reached.get(to)?.has(from) === true || from === to;
    const found = this.#ripples.filter(({ from, to }) => inCycle(from, to));
    // A unit that sees its own writing is no circle by itself when a larger one moves it.
    const larger = found.filter(({ from, to }) => from !== to);
    const edges = larger.length > 0 ? larger : found;
    const relations = edges.flatMap(({ relation }) => (relation === undefined ? [] : [relation]));
    return {
      units: [...new Set(edges.map(({ from }) => from))].toSorted(),
      relations: [...new Set(relations)].toSorted((a, b) => a - b),
    };
  }
}

function reachable(next: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [start];
  for (let unit = open.pop(); unit !== undefined; unit = open.pop()) {
    for (const to of next.get(unit) ?? []) {
      if (found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}
