import type { Row, RowChange, Store } from "./store.ts";

/** A store that lasts as long as its process: for tests, and for trying a model out. */
export class MemoryStore implements Store {
  readonly #rows = new Map<string, Row>();

  constructor(rows: Iterable<Row> = []) {
    for (const row of rows) this.#rows.set(id(row), row);
  }

  load(): Iterable<Row> {
    return [...this.#rows.values()];
  }

  commit(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.value === undefined) this.#rows.delete(id(change));
      else this.#rows.set(id(change), { kind: change.kind, key: change.key, value: change.value });
    }
  }

  /** Every row, sorted: equal states give equal exports. */
  export(): readonly Row[] {
    return [...this.#rows.values()].toSorted((a, b) => (id(a) < id(b) ? -1 : 1));
  }
}

function id({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}\u0000${key}`;
}
