import type {
  ApplicationRecord,
  BagRecord,
  JournalRecord,
  MaterialRecord,
  ModelRecord,
  RelationRecord,
  SecretRecord,
  StateRecord,
  UnitRecord,
} from "../model/records.ts";
import type { ExternalRecord, ExternalRun, ExternalUndo } from "../external/external-record.ts";
import type { Vault } from "../vault/vault.ts";
import type { Row, RowChange, Store } from "./store.ts";
import type { TableChange } from "./table.ts";
import { MemoryTable } from "./table.ts";

/**
 * Kinds whose rows may hold what nobody else should read: secrets, what charms wrote to each other and to themselves, and what was found
 * in systems of others.
 */
const SEALED: ReadonlySet<string> = new Set([
  "bag",
  "external-run",
  "external-undo",
  "material",
  "secret",
  "state",
]);

/** The engine's state: what the store holds, in memory; memory changes only when the store has taken a commit. */
export class Database {
  readonly models: MemoryTable<ModelRecord> = new MemoryTable("model");
  readonly applications: MemoryTable<ApplicationRecord> = new MemoryTable("application");
  readonly units: MemoryTable<UnitRecord> = new MemoryTable("unit");
  readonly relations: MemoryTable<RelationRecord> = new MemoryTable("relation");
  readonly bags: MemoryTable<BagRecord> = new MemoryTable("bag");
  readonly states: MemoryTable<StateRecord> = new MemoryTable("state");
  readonly materials: MemoryTable<MaterialRecord> = new MemoryTable("material");
  readonly secrets: MemoryTable<SecretRecord> = new MemoryTable("secret");
  readonly journal: MemoryTable<JournalRecord> = new MemoryTable("journal");
  readonly external: MemoryTable<ExternalRecord> = new MemoryTable("external");
  readonly externalRuns: MemoryTable<ExternalRun> = new MemoryTable("external-run");
  readonly externalUndos: MemoryTable<ExternalUndo> = new MemoryTable("external-undo");
  readonly counters: { rowsWritten: number; commits: number } = { rowsWritten: 0, commits: 0 };
  readonly #store: Store;
  readonly #vault: Vault;

  /**
   * Reads the whole state; rows of kinds that it does not know stay as they are. What an older version left unsealed is sealed.
   *
   * @throws OrreryError `SECRETS_KEY_WRONG` or `STORE_FAILED` when a row does not open; nothing was changed then.
   */
  constructor(store: Store, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
    const tables = new Map<string, { fill: (key: string, text: string) => void }>(
      [
        this.models,
        this.applications,
        this.units,
        this.relations,
        this.bags,
        this.states,
        this.materials,
        this.secrets,
        this.journal,
        this.external,
        this.externalRuns,
        this.externalUndos,
      ].map((table) => [table.kind, table]),
    );
    const unsealed: RowChange[] = [];
    for (const row of store.load()) {
      const plain = !SEALED.has(row.kind) || row.value.startsWith("{");
      tables.get(row.kind)?.fill(row.key, plain ? row.value : vault.open(row.value, placeOf(row)));
      if (plain && SEALED.has(row.kind)) unsealed.push(this.#sealed(row));
    }
    if (unsealed.length > 0) store.commit(unsealed);
  }

  /**
   * Makes all changes or none; changes that change nothing are left out, and an empty commit is none.
   *
   * @throws OrreryError `STORE_FULL` or `STORE_FAILED`; memory and store are as before then.
   */
  commit(changes: readonly TableChange[]): void {
    const wanted = changes.filter(({ idle }) => !idle);
    if (wanted.length === 0) return;
    this.#store.commit(wanted.map(({ row }) => this.#sealed(row)));
    for (const { apply } of wanted) apply();
    this.counters.rowsWritten += wanted.length;
    this.counters.commits += 1;
  }

  #sealed(row: RowChange): RowChange {
    if (row.value === undefined || !SEALED.has(row.kind)) return row;
    return { ...row, value: this.#vault.seal(row.value, placeOf(row)) };
  }
}

function placeOf({ kind, key }: Pick<Row, "kind" | "key">): string {
  return `${kind} ${key}`;
}
