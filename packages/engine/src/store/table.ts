import type { RowChange } from "./store.ts";

/** The rows of one kind, read as values; changed by a commit of its {@link Database} alone. */
export interface Table<Value> {
  readonly kind: string;
  readonly get: (key: string) => Value | undefined;
  readonly has: (key: string) => boolean;
  /** Numbers in keys count: `shop/2` before `shop/10`. */
  readonly keys: () => readonly string[];
  /** In order of key. */
  readonly values: () => readonly Value[];
  /** The values of one group, in order of key; remembered under `name` until the table changes. */
  readonly grouped: (
    name: string,
    group: string,
    groupsOf: (value: Value) => readonly string[],
  ) => readonly Value[];
  /** The change that writes a row. */
  readonly put: (key: string, value: Value) => TableChange;
  /** The change that removes a row. */
  readonly drop: (key: string) => TableChange;
}

/** One change of one table: nothing happens until it is committed. */
export interface TableChange {
  readonly row: RowChange;
  /** Whether the row stands as wanted already. */
  readonly idle: boolean;
  readonly apply: () => void;
}

/** A table with the means to fill it. */
export class MemoryTable<Value> implements Table<Value> {
  readonly kind: string;
  readonly #values = new Map<string, Value>();
  readonly #texts = new Map<string, string>();
  #keys: readonly string[] | undefined;
  #groups = new Map<string, ReadonlyMap<string, readonly Value[]>>();

  constructor(kind: string) {
    this.kind = kind;
  }

  /** Takes a row as it was stored. */
  fill(key: string, text: string): void {
    this.#set(key, JSON.parse(text) as Value, text);
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  keys(): readonly string[] {
    this.#keys ??= [...this.#values.keys()].toSorted(compareKeys);
    return this.#keys;
  }

  values(): readonly Value[] {
    return this.keys().flatMap((key) => this.#values.get(key) ?? []);
  }

  grouped(name: string, group: string, groupsOf: (value: Value) => readonly string[]): readonly Value[] {
    let groups = this.#groups.get(name);
    if (!groups) {
      const made = new Map<string, Value[]>();
      for (const value of this.values()) {
        for (const one of groupsOf(value)) {
          const list = made.get(one);
          if (list) list.push(value);
          else made.set(one, [value]);
        }
      }
      groups = made;
      this.#groups.set(name, groups);
    }
    return groups.get(group) ?? [];
  }

  put(key: string, value: Value): TableChange {
    const text = JSON.stringify(value);
    return {
      row: { kind: this.kind, key, value: text },
      idle: this.#texts.get(key) === text,
      apply: () => this.#set(key, value, text),
    };
  }

  drop(key: string): TableChange {
    return {
      row: { kind: this.kind, key },
      idle: !this.#values.has(key),
      apply: () => {
        this.#values.delete(key);
        this.#texts.delete(key);
        this.#keys = undefined;
        this.#groups.clear();
      },
    };
  }

  #set(key: string, value: Value, text: string): void {
    if (!this.#values.has(key)) this.#keys = undefined;
    this.#values.set(key, value);
    this.#texts.set(key, text);
    this.#groups.clear();
  }
}

/** Orders keys so that numbers in them count: `shop/2` before `shop/10`. */
export function compareKeys(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  return left[0] < right[0]
    ? -1
    : left[0] > right[0]
      ? 1
      : left[1] - right[1] || (a < b ? -1 : a > b ? 1 : 0);
}

function parts(key: string): readonly [string, number] {
  const [, text = key, digits = "-1"] = /^(.*?)(\d+)?$/su.exec(key) ?? [];
  return [text, Number(digits)];
}
