import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { OrreryError } from "@orrery/problems";
import type { EngineHome } from "../home/engine-home.ts";

/** @see SQLite, result codes. */
const SQLITE_BUSY = 5;

/** The right to work on a data folder. */
export interface EngineLock extends Disposable {
  readonly pid: number;
}

/** Who holds a data folder, as it said itself. */
export interface LockOwner {
  readonly pid: number;
  /** RFC 3339. */
  readonly startedAt: string;
}

/**
 * Takes a data folder for this process, for as long as it lives.
 *
 * The lock is SQLite's exclusive one on a file of its own: the kernel drops it with the process, however that ends,
 * so a stale lock does not exist and nothing has to be judged by its pid.
 *
 * @throws OrreryError `ENGINE_RUNNING` when another process has it, `HOME_UNUSABLE` when the file cannot be used.
 */
export function lockHome(home: EngineHome, startedAt: string): EngineLock {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(home.lock, { timeout: 0 });
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (cause) {
    database?.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY) {
      const owner = lockOwner(home);
      const who = owner ? `pid ${owner.pid}, since ${owner.startedAt}` : "a process that is just starting";
      throw new OrreryError("ENGINE_RUNNING", `an engine works on ${home.folder} already: ${who}`, { cause });
    }
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("HOME_UNUSABLE", `lock ${home.lock} cannot be taken: ${told}`, { cause });
  }
  const held = database;
  writeFileSync(home.owner, `${JSON.stringify({ pid: process.pid, startedAt } satisfies LockOwner)}\n`, {
    mode: 0o600,
  });
  return { pid: process.pid, [Symbol.dispose]: () => held.close() };
}

/** Reads who holds, or held last, a data folder. */
export function lockOwner(home: EngineHome): LockOwner | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(home.owner, "utf8"));
    if (typeof found !== "object" || found === null || !("pid" in found) || !("startedAt" in found))
      return undefined;
    const { pid, startedAt } = found;
    return typeof pid === "number" && typeof startedAt === "string" ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}
