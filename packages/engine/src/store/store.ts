/** One row of the engine's state: JSON text under a kind and a key. */
export interface Row {
  readonly kind: string;
  readonly key: string;
  readonly value: string;
}

/** A change of one row; without value the row is removed. */
export interface RowChange {
  readonly kind: string;
  readonly key: string;
  readonly value?: string;
}

/** Where the engine's state lives. Synchronous: a commit that has returned survives kill and loss of power. */
export interface Store {
  /** Every row, in no particular order; read once, at start. */
  readonly load: () => Iterable<Row>;
  /** Makes all changes or none. @throws OrreryError `STORE_FULL` or `STORE_FAILED`; nothing was changed then. */
  readonly commit: (changes: readonly RowChange[]) => void;
}
