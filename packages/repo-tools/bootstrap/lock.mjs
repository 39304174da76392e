// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SetUpFailure } from "./failure.mjs";
import { say } from "./progress.mjs";

/** How long another set-up is waited for, in milliseconds. */
const LONGEST_WAIT_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 200;

/**
 * Runs work while no other process of this machine does it in this clone.
 *
 * The lock is a file that holds its owner's process id. It appears whole or not at all (a hard link), so there is no moment at
 * which it has no owner; one whose owner is gone is taken over.
 *
 * @template T
 * @param {string} file
 * @param {AbortSignal} signal ends the waiting
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {SetUpFailure} `SETUP_BUSY` after a quarter of an hour
 */
export async function locked(file, signal, work) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let waits = 0; !take(file); waits += 1) {
    const owner = ownerOf(file);
    if (owner === undefined) continue;
    if (!alive(owner)) takeAway(file, owner);
    else if (Date.now() > deadline) {
      const remedy = `end process ${owner} or wait for it; if it is not a set-up, remove ${file}`;
      throw new SetUpFailure(
        "SETUP_BUSY",
        `process ${owner} has been setting this clone up for 15 minutes`,
        remedy,
      );
    } else {
      if (waits === 0) say(`process ${owner} is setting this clone up: waiting for it`);
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own);
  }
}

/**
 * Removes a lock whose owner is gone. Another may have done so, and taken it, since we looked: then what we moved is put back.
 *
 * @param {string} file
 * @param {number} owner
 */
function takeAway(file, owner) {
  const away = `${file}.${process.pid}.gone`;
  try {
    renameSync(file, away);
    if (ownerOf(away) !== owner) linkSync(away, file);
    rmSync(away);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
