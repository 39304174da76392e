import { readFileSync, readdirSync, statSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Installed } from "../installed.ts";
import type { SourceName } from "../progress/progress-event.ts";
import { compareVersions } from "../version-range.ts";

/** The file in each cached program's folder that says what it is; written last. */
const RECORD = "installed.json";

/** What temporary folders begin with. */
const TEMPORARY = ".making-";

/** What the cache keeps of a program beside its files. Paths are relative to the folder, so that a cache can be moved. */
export interface CacheRecord {
  readonly name: string;
  readonly version: string;
  readonly source: SourceName;
  /** Path and size in bytes of each binary, by name, the main one first. */
  readonly binaries: Readonly<Record<string, { readonly path: string; readonly bytes: number }>>;
  readonly notes: readonly string[];
}

/** The folder that holds every cached version of a program. */
export function programFolder(cacheFolder: string, program: string): string {
  return join(cacheFolder, "programs", program);
}

/**
 * Finds a program in the cache by its recipe's digest; the newest version when there are several.
 *
 * An entry whose record cannot be read, or of which a binary is missing or has another size, does not count.
 */
export function findCached(cacheFolder: string, program: string, digest: string): Installed | undefined {
  const folder = programFolder(cacheFolder, program);
  return namesIn(folder)
    .filter((name) => name.endsWith(`-${digest}`) && !name.startsWith("."))
    .map((name) => readEntry(join(folder, name)))
    .filter((entry) => entry !== undefined)
    .toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** Makes an empty temporary folder for a program, and removes those that ended processes left. Call it under the lock. */
export async function temporaryFolder(cacheFolder: string, program: string): Promise<string> {
  const folder = programFolder(cacheFolder, program);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.startsWith(TEMPORARY)) await rm(join(folder, name), { recursive: true, force: true });
  }
  return mkdtemp(join(folder, TEMPORARY));
}

/** Puts a finished temporary folder in its place, in one step, instead of a damaged one of the same name. */
export async function commitEntry(
  temporary: string,
  record: CacheRecord,
  digest: string,
): Promise<Installed> {
  await writeFile(join(temporary, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
  const version = record.version.replaceAll(/[^\w.+~-]/g, "_");
  const folder = join(temporary, "..", `${version}-${digest}`);
  await rm(folder, { recursive: true, force: true });
  await rename(temporary, folder);
  return toInstalled(folder, record);
}

function readEntry(folder: string): Installed | undefined {
  try {
    const record: CacheRecord = JSON.parse(readFileSync(join(folder, RECORD), "utf8"));
    const whole = Object.values(record.binaries).every(
      (binary) => statSync(join(folder, binary.path)).size === binary.bytes,
    );
    return whole ? toInstalled(folder, record) : undefined;
  } catch {
    return undefined;
  }
}

function toInstalled(folder: string, record: CacheRecord): Installed {
  const binaries = Object.fromEntries(
    Object.entries(record.binaries).map(([name, binary]) => [name, join(folder, binary.path)]),
  );
  const [path = folder] = Object.values(binaries);
  return {
    name: record.name,
    version: record.version,
    source: record.source,
    path,
    folder,
    binaries,
    notes: record.notes,
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
