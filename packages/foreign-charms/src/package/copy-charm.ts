import { constants } from "node:fs";
import { copyFile, lstat, mkdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readJsonFile, writeFileDurably } from "../process/write-file-durably.ts";
import type { CharmFiles } from "./list-charm-files.ts";

/** What is copied where. */
export interface CharmCopy {
  readonly from: string;
  readonly files: CharmFiles;
  /** Further files by name, where the charm has them in another form. */
  readonly split: Readonly<Record<string, string>>;
  readonly to: string;
  /** File that says which files the copy was made of. */
  readonly record: string;
}

/**
 * Gives a unit its own copy of a charm, in which the charm may write; does nothing where it has it.
 *
 * Of another version's files, those that the new one does not have are removed; what the charm itself has written there stays.
 */
export async function copyCharm({ from, files, split, to, record }: CharmCopy): Promise<void> {
  const before = readJsonFile(record);
  const old = isRecord(before) ? before : { digest: "", paths: [] };
  if (old.digest === files.digest) return;
  await mkdir(to, { recursive: true, mode: 0o700 });
  const wanted = new Set([...files.paths, ...Object.keys(split)]);
  for (const path of old.paths.filter((one) => !wanted.has(one))) {
    await rm(join(to, path), { recursive: true, force: true });
  }
  for (const path of files.paths) await copyOne(join(from, path), join(to, path));
  for (const [name, content] of Object.entries(split)) await writeFile(join(to, name), content);
  writeFileDurably(record, JSON.stringify({ digest: files.digest, paths: [...wanted] }));
}

async function copyOne(from: string, to: string): Promise<void> {
  const found = await lstat(from);
  const before = await lstat(to).catch(() => undefined);
  if (found.isDirectory()) {
    if (before && !before.isDirectory()) await rm(to);
    await mkdir(to, { recursive: true });
    return;
  }
  // A link that the charm put there must not be written through.
  if (before) await rm(to, { recursive: true });
  if (found.isSymbolicLink()) await symlink(await readlink(from), to);
  else await copyFile(from, to, constants.COPYFILE_FICLONE);
}

function isRecord(value: unknown): value is { readonly digest: string; readonly paths: readonly string[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "digest" in value &&
    "paths" in value &&
    Array.isArray(value.paths)
  );
}
