import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { FileOutcome, RejectedFile } from "@orrery/charm";
import { problem } from "@orrery/problems";

/** A file that a container should find, with its digest. */
export interface WantedFile extends FileOutcome {
  /** Relative to the container's folder. */
  readonly path: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly digest: string;
}

/** An outcome's files, sorted by how they are published. */
export interface WantedFiles {
  /** Replaced in place, each for itself. */
  readonly live: readonly WantedFile[];
  /** Published together, as a generation. */
  readonly generation: readonly WantedFile[];
  /**
   * Symbolic links that a generation needs so that the workload finds the live files in the same folder: a folder that
   * holds nothing but live files is linked as a whole, because the workload watches the folder itself.
   */
  readonly links: readonly string[];
  /** Files that cannot be there together with others. */
  readonly rejected: Readonly<Record<string, RejectedFile>>;
}

/** A relative path that stays below its folder and hides nothing. @see the schema of outcomes, which demands the same. */
const PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;

/** Sorts an outcome's files by how they are published. */
export function sortWanted(files: Readonly<Record<string, FileOutcome>>): WantedFiles {
  const rejected: Record<string, RejectedFile> = {};
  const accepted: WantedFile[] = [];
  for (const path of Object.keys(files).toSorted()) {
    const file = files[path];
    if (!file) continue;
    const digest = digestOf(file.content);
    const above = parents(path).find((parent) => files[parent]);
    if (above !== undefined || !PATH.test(path)) {
      const why =
        above === undefined ? "the path leaves the container's folder" : `${above} is wanted as a file`;
      rejected[path] = {
        digest,
        problem: problem("FILE_PATH_CONFLICT", {
          message: `file ${path} cannot be there: ${why}`,
          ...(file.origin ? { origin: file.origin } : {}),
        }),
      };
    } else accepted.push({ ...file, path, digest });
  }
  const live = accepted.filter(({ onChange }) => onChange === "none");
  const generation = accepted.filter(({ onChange }) => onChange !== "none");
  return { live, generation, links: linksFor(live, generation), rejected };
}

/** SHA-256 of a text's UTF-8, hexadecimal. */
export function digestOf(content: string): string {
  return createHash("sha256").update(content, "utf8").digest("hex");
}

/** Digest of a set of files: of their paths, modes and contents. */
export function digestOfSet(
  files: ReadonlyMap<string, { readonly digest: string; readonly mode: number }>,
): string {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify(sorted.map(([path, { digest, mode }]) => [path, digest, mode])));
}

/** A file's permission bits. */
export function modeOf(file: FileOutcome): number {
  return file.mode === "0600" ? 0o600 : 0o644;
}

function linksFor(live: readonly WantedFile[], generation: readonly WantedFile[]): string[] {
  const shared = new Set(generation.flatMap(({ path }) => parents(path)));
  const links = new Set<string>();
  for (const { path } of live) {
    // The topmost folder that the generation has nothing in; the file itself where every folder is shared.
    links.add(parents(path).findLast((folder) => !shared.has(folder)) ?? path);
  }
  return [...links].toSorted();
}

/** The folders above a path, nearest first. */
function parents(path: string): string[] {
  const found: string[] = [];
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) found.push(folder);
  return found;
}
