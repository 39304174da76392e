import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const repositoryRoot: string = fileURLToPath(new URL("../../../../", import.meta.url));

/** A file of the repository, with its text. */
export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A workspace: a folder with a package.json of its own. */
export interface Workspace {
  readonly name: string;
  /** Relative to the root, without a slash at its end. */
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** The keys of `exports`, such as `.` and `./prometheus`. */
  readonly doors: readonly string[];
  /** Every TypeScript and JavaScript file but what is installed, built or a fixture. */
  readonly files: readonly SourceFile[];
}

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
}

// The weather station is a stranger's charm, written for a folder outside the repository.
const NOT_OURS = new Set(["node_modules", "dist", "fixtures", "weather-station", ".nx", ".vitest", ".git"]);
const SOURCE = /\.(ts|mts|js|mjs)$/;

/** Reads every workspace: `packages/*`, `charms/*\/*` and `integration`. */
export function readWorkspaces(): Workspace[] {
  const kinds = foldersIn("charms").flatMap(foldersIn);
  return [...foldersIn("packages"), ...kinds, "integration"].map(readWorkspace);
}

/** Lists the files below a folder of the repository whose path matches, and reads them. */
export function readFiles(folder: string, matching: RegExp): SourceFile[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((each) => {
    const path = folder === "" ? each.name : `${folder}/${each.name}`;
    if (each.isDirectory()) return NOT_OURS.has(each.name) ? [] : readFiles(path, matching);
    return matching.test(path) ? [{ path, text: readFileSync(join(repositoryRoot, path), "utf8") }] : [];
  });
}

function readWorkspace(folder: string): Workspace {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, folder, "package.json"), "utf8")) as Manifest;
  return {
    name: manifest.name,
    folder,
    dependencies: Object.keys(manifest.dependencies ?? {}),
    devDependencies: Object.keys(manifest.devDependencies ?? {}),
    doors: Object.keys(manifest.exports ?? {}),
    files: readFiles(folder, SOURCE),
  };
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(join(repositoryRoot, folder), { withFileTypes: true });
  return entries
    .filter((each) => each.isDirectory() && !NOT_OURS.has(each.name))
    .map((each) => `${folder}/${each.name}`);
}
