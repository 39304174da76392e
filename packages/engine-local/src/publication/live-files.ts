import { lstatSync, mkdirSync, readdirSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { UNFINISHED, readIfThere, writeAtomically } from "../disk/write-atomically.ts";
import type { Cost } from "./cost.ts";
import { digestOf, modeOf } from "./wanted-files.ts";
import type { WantedFile } from "./wanted-files.ts";

interface Present {
  readonly digest: string;
  readonly mode: number;
}

/** Files that the workload watches by itself: each replaced in place, as a whole. */
export class LiveFiles {
  readonly folder: string;
  #present: Map<string, Present> | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The files that are there, by path; read once, then remembered. */
  get present(): ReadonlyMap<string, Present> {
    return this.#files();
  }

  /** Writes what differs. */
  write(wanted: readonly WantedFile[], cost: Cost): void {
    const files = this.#files();
    for (const file of wanted) {
      const mode = modeOf(file);
      const before = files.get(file.path);
      if (before?.digest === file.digest && before.mode === mode) continue;
      const path = join(this.folder, file.path);
      makeFolders(this.folder, dirname(file.path));
      // A folder that is in the way held files that are no longer wanted.
      if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) this.#clear(file.path, cost);
      writeAtomically(path, file.content, mode);
      files.set(file.path, { digest: file.digest, mode });
      cost.wrote(file.content);
    }
  }

  /** Removes what is not wanted. */
  prune(wanted: readonly { readonly path: string }[], cost: Cost): void {
    const keep = new Set(wanted.map(({ path }) => path));
    for (const path of this.#files().keys()) if (!keep.has(path)) this.#remove(path, cost);
  }

  #clear(folder: string, cost: Cost): void {
    for (const path of this.#files().keys()) if (path.startsWith(`${folder}/`)) this.#remove(path, cost);
  }

  #remove(path: string, cost: Cost): void {
    rmSync(join(this.folder, path), { force: true });
    this.#files().delete(path);
    cost.removed();
    // A folder at the top stays: the workload may be watching it.
    for (let folder = dirname(path); folder.includes("/"); folder = dirname(folder)) {
      try {
        rmdirSync(join(this.folder, folder));
      } catch {
        break;
      }
    }
  }

  #files(): Map<string, Present> {
    this.#present ??= readTree(this.folder);
    return this.#present;
  }
}

/** Makes the folders of a path below a root, refusing to go through a symbolic link. */
export function makeFolders(root: string, path: string): void {
  mkdirSync(root, { recursive: true, mode: 0o755 });
  let folder = root;
  for (const name of path === "." ? [] : path.split("/")) {
    folder = join(folder, name);
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found && !found.isDirectory()) rmSync(folder);
    if (!found?.isDirectory()) mkdirSync(folder, { mode: 0o755 });
  }
}

/** Reads a tree of files, removing what a crash left unfinished and whatever is neither file nor folder. */
function readTree(root: string): Map<string, Present> {
  const files = new Map<string, Present>();
  const visit = (relative: string): void => {
    for (const entry of readdirSync(join(root, relative), { withFileTypes: true })) {
      const path = relative ? `${relative}/${entry.name}` : entry.name;
      if (entry.isDirectory()) visit(path);
      else if (!entry.isFile() || entry.name.endsWith(UNFINISHED)) rmSync(join(root, path), { force: true });
      else {
        const mode = lstatSync(join(root, path)).mode & 0o777;
        files.set(path, { digest: digestOf(readIfThere(join(root, path)) ?? ""), mode });
      }
    }
  };
  if (lstatSync(root, { throwIfNoEntry: false })?.isDirectory()) visit("");
  return files;
}
