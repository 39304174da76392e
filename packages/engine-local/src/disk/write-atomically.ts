import {
  constants,
  fsyncSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
  fchmodSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** Ends the names of files that are being written; what a crash leaves of them is removed at the next start. */
export const UNFINISHED: string = ".orrery-unfinished";

/**
 * Replaces a file as a whole: readers see the old content or the new one, also after loss of power.
 *
 * Never follows a symbolic link at the file's own name or the temporary one.
 */
export function writeAtomically(path: string, content: string, mode: number = 0o644): void {
  const unfinished = join(dirname(path), `.${basename(path)}${UNFINISHED}`);
  rmSync(unfinished, { force: true });
  try {
    writeNew(unfinished, content, mode);
    renameSync(unfinished, path);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    throw cause;
  }
  syncFolder(dirname(path));
}

/** Writes a file that must not exist yet, through to the disk. */
export function writeNew(path: string, content: string, mode: number): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const file = openSync(path, flags, mode);
  try {
    const bytes = Buffer.from(content, "utf8");
    // A full disk may take a part of it first.
    for (let at = 0; at < bytes.byteLength;) at += writeSync(file, bytes, at);
    // The process's umask may have taken bits away.
    fchmodSync(file, mode);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes renames, links and removals in a folder durable. */
export function syncFolder(path: string): void {
  const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Reads a text file; nothing when there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR"))
      return undefined;
    throw cause;
  }
}
