import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { OrreryError } from "@orrery/problems";

/** How often a waiting process looks again, in milliseconds. */
const POLL_MS = 200;

/** How to take a lock. */
export interface LockOptions {
  /** Called once if another holds the lock. */
  readonly onWait: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs work while no other process, and nobody else in this one, holds the same lock file.
 *
 * The lock is an exclusive SQLite transaction: the operating system lets it go when its process ends, however it
 * ends, so that no lock is ever left behind.
 *
 * @throws {@link OrreryError} `PROGRAM_CACHE_UNUSABLE` when the file cannot be made or locked.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const database = await openLock(file);
  try {
    for (let told = false; !tryLock(database, file); told = true) {
      if (!told) options.onWait();
      await sleep(POLL_MS, undefined, options.signal ? { signal: options.signal } : {});
    }
    return await work();
  } finally {
    database.close();
  }
}

async function openLock(file: string): Promise<DatabaseSync> {
  try {
    await mkdir(dirname(file), { recursive: true });
    return new DatabaseSync(file, { timeout: 0 });
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function tryLock(database: DatabaseSync, file: string): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (cause) {
    if (cause instanceof Error && "errcode" in cause && cause.errcode === 5) return false;
    throw unusable(file, cause);
  }
}

function unusable(file: string, cause: unknown): OrreryError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new OrreryError("PROGRAM_CACHE_UNUSABLE", `${file} cannot be made or locked: ${why}`, { cause });
}
