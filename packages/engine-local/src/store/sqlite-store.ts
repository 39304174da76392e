import { chmodSync, statfsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { OrreryError } from "@orrery/problems";
import type { Row, RowChange, Store } from "@orrery/engine";

/** The form of orrery.db that this version reads and writes. */
export const STORE_SCHEMA_VERSION: number = 1;

/** @see SQLite, result codes: SQLITE_FULL, and SQLITE_IOERR in the low byte of its extended codes. */
const SQLITE_FULL = 13;
const SQLITE_IOERR = 10;

/** A store in one SQLite file. */
export interface SqliteStore extends Store {
  readonly close: () => void;
}

/**
 * Opens or makes the engine's database: WAL with full synchronisation, so that what was committed survives loss of power.
 *
 * @throws OrreryError `STORE_SCHEMA` when another version wrote it, `STORE_FULL`, `STORE_FAILED`.
 */
export function openStore(path: string): SqliteStore {
  const database = attempt(path, "open", () => open(path));
  const upsert = database.prepare(
    "INSERT INTO rows (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM rows WHERE kind = ? AND key = ?");
  const all = database.prepare("SELECT kind, key, value FROM rows");
  return {
    load: () =>
      attempt(path, "read", () =>
        all
          .all()
          .map((row): Row => ({ kind: text(row["kind"]), key: text(row["key"]), value: text(row["value"]) })),
      ),
    commit: (changes: readonly RowChange[]) => {
      if (changes.length === 0) return;
      attempt(path, "write", () => {
        database.exec("BEGIN IMMEDIATE");
        try {
          for (const { kind, key, value } of changes) {
            if (value === undefined) remove.run(kind, key);
            else upsert.run(kind, key, value);
          }
          database.exec("COMMIT");
        } catch (cause) {
          // Some failures have ended the transaction already.
          if (database.isTransaction) database.exec("ROLLBACK");
          throw cause;
        }
      });
    },
    close: () => database.close(),
  };
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 2000 });
  try {
    const found = database.prepare("PRAGMA user_version").get()?.["user_version"];
    if (found !== 0 && found !== STORE_SCHEMA_VERSION) {
      throw new OrreryError(
        "STORE_SCHEMA",
        `state in ${path} has schema ${String(found)}; this version knows ${STORE_SCHEMA_VERSION}`,
      );
    }
    // SQLite gives its side files the same rights.
    chmodSync(path, 0o600);
    // What is replaced or removed is written over: an older version may have left values there that are sealed now.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
    if (found === 0) {
      database.exec(
        "BEGIN; CREATE TABLE IF NOT EXISTS rows (kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, " +
          `PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID; PRAGMA user_version = ${STORE_SCHEMA_VERSION}; COMMIT;`,
      );
    }
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function attempt<Result>(path: string, what: string, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof OrreryError) throw cause;
    const told = cause instanceof Error ? cause.message : String(cause);
    const code = isFull(path, cause) ? "STORE_FULL" : "STORE_FAILED";
    throw new OrreryError(code, `state in ${path} cannot be ${PAST[what] ?? what}: ${told}`, { cause });
  }
}

const PAST: Readonly<Record<string, string>> = { open: "opened", read: "read", write: "written" };

function isFull(path: string, cause: unknown): boolean {
  if (!(cause instanceof Error) || !("errcode" in cause) || typeof cause.errcode !== "number") return false;
  if (cause.errcode === SQLITE_FULL) return true;
  // Growing the shared-memory index on a full disk is told as an I/O error.
  if ((cause.errcode & 0xff) !== SQLITE_IOERR) return false;
  try {
    return statfsSync(path).bavail === 0;
  } catch {
    return false;
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? value : String(value);
}
