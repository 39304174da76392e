import type {
  ApplicationRecord,
  BagRecord,
  JournalRecord,
  MaterialRecord,
  ModelRecord,
  RelationRecord,
  StateRecord,
  UnitRecord,
} from "../model/records.ts";
import type { Store } from "./store.ts";
import type { TableChange } from "./table.ts";
import { MemoryTable } from "./table.ts";

/** The engine's state: what the store holds, in memory; memory changes only when the store has taken a commit. */
export class Database {
  readonly models: MemoryTable<ModelRecord> = new MemoryTable("model");
  readonly applications: MemoryTable<ApplicationRecord> = new MemoryTable("application");
  readonly units: MemoryTable<UnitRecord> = new MemoryTable("unit");
  readonly relations: MemoryTable<RelationRecord> = new MemoryTable("relation");
  readonly bags: MemoryTable<BagRecord> = new MemoryTable("bag");
  readonly states: MemoryTable<StateRecord> = new MemoryTable("state");
  readonly materials: MemoryTable<MaterialRecord> = new MemoryTable("material");
  readonly journal: MemoryTable<JournalRecord> = new MemoryTable("journal");
  readonly counters: { rowsWritten: number; commits: number } = { rowsWritten: 0, commits: 0 };
  readonly #store: Store;

  /** Reads the whole state; rows of kinds that it does not know stay as they are. */
  constructor(store: Store) {
    this.#store = store;
    const tables = new Map<string, { fill: (key: string, text: string) => void }>(
      [
        this.models,
        this.applications,
        this.units,
        this.relations,
        this.bags,
        this.states,
        this.materials,
        this.journal,
      ].map((table) => [table.kind, table]),
    );
    for (const { kind, key, value } of store.load()) tables.get(kind)?.fill(key, value);
  }

  /**
   * Makes all changes or none; changes that change nothing are left out, and an empty commit is none.
   *
   * @throws OrreryError `STORE_FULL` or `STORE_FAILED`; memory and store are as before then.
   */
  commit(changes: readonly TableChange[]): void {
    const wanted = changes.filter(({ idle }) => !idle);
    if (wanted.length === 0) return;
    this.#store.commit(wanted.map(({ row }) => row));
    for (const { apply } of wanted) apply();
    this.counters.rowsWritten += wanted.length;
    this.counters.commits += 1;
  }
}
