import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
} from "node:fs";
import { basename, isAbsolute, join } from "node:path";
import type { Folder, FolderFile } from "@orrery/charm";
import { ABSENT } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { UNFINISHED, syncFolder, writeNew } from "../disk/write-atomically.ts";

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;
/** The most that is read of one file, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The files that lie directly in one folder of this machine.
 *
 * Names hold no slash, links are refused, and folders are not entered, so nothing outside is ever read or written. A file that is not to
 * be there yet is made so that one which comes in between is seen; one that is replaced is compared right before.
 */
export function localFolder(path: string): Folder {
  const pathOf = (name: string): string => {
    if (NAME.test(name)) return join(path, name);
    throw new OrreryError(
      "EXTERNAL_WRITE_FAILED",
      `file name ${JSON.stringify(name)} is not one that is written here`,
    );
  };
  const expectVersion = (name: string, ifVersion: string): void => {
    const found = readFile(pathOf(name))?.version ?? ABSENT;
    if (found !== ifVersion)
      throw new OrreryError("EXTERNAL_CHANGED", `file ${name} in ${path} was changed by somebody else`);
  };
  return {
    fault: async (use) => faultOf(path, use),
    list: async () => namesIn(path),
    read: async (name) => readFile(pathOf(name)),
    write: async (name, content, ifVersion) =>
      attempt(path, name, () => {
        expectVersion(name, ifVersion);
        const unfinished = unfinishedOf(path, name);
        rmSync(unfinished, { force: true });
        try {
          writeNew(unfinished, content, 0o644);
          if (ifVersion === ABSENT) linkSync(unfinished, pathOf(name));
          else renameSync(unfinished, pathOf(name));
        } finally {
          rmSync(unfinished, { force: true });
        }
        syncFolder(path);
      }),
    tidy: async (names) => {
      for (const name of names)
        attempt(path, name, () => rmSync(unfinishedOf(path, basename(pathOf(name))), { force: true }));
    },
    remove: async (name, ifVersion) =>
      attempt(path, name, () => {
        expectVersion(name, ifVersion);
        unlinkSync(pathOf(name));
        rmSync(unfinishedOf(path, name), { force: true });
        syncFolder(path);
      }),
  };
}

/** A folder that is not there, or is none, holds nothing. */
function namesIn(path: string): readonly string[] {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && NAME.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
}

function unfinishedOf(path: string, name: string): string {
  return join(path, `.${name}${UNFINISHED}`);
}

function readFile(path: string): FolderFile | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile()) throw new OrreryError("EXTERNAL_OBJECT_THEIRS", `${path} is no regular file`);
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = fstatSync(file);
    if (size > MOST_BYTES) throw new OrreryError("EXTERNAL_OBJECT_THEIRS", `${path} has ${size} bytes`);
    const bytes = readFileSync(file);
    const version = createHash("sha256").update(bytes).digest("hex");
    return { content: bytes.toString("utf8"), version };
  } finally {
    closeSync(file);
  }
}

function faultOf(path: string, use: "read" | "write"): string | undefined {
  if (!isAbsolute(path)) return "is no absolute path";
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return "is not there";
  if (found.isSymbolicLink()) return "is a symbolic link; name the folder that it leads to";
  if (!found.isDirectory()) return "is no folder";
  try {
    accessSync(path, constants.R_OK | constants.X_OK | (use === "write" ? constants.W_OK : 0));
    return undefined;
  } catch {
    return use === "write" ? "may not be written by this user" : "may not be read by this user";
  }
}

function attempt(path: string, name: string, run: () => void): void {
  try {
    run();
  } catch (cause) {
    if (isOrreryError(cause)) throw cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (code === "EEXIST" || code === "ENOENT")
      throw new OrreryError("EXTERNAL_CHANGED", `file ${name} in ${path} was changed by somebody else`, {
        cause,
      });
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("EXTERNAL_WRITE_FAILED", `file ${name} in ${path} could not be written: ${told}`, {
      cause,
    });
  }
}
