import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { createHash } from "node:crypto";
import type { ArchiveFile } from "./archive.ts";
import { importedPackages, placePackages } from "./workload-packages.ts";

/** What a charm's containers run from. */
export interface WorkloadToPack {
  /** By path below `workload/`, packages that they import among them. */
  readonly files: ReadonlyMap<string, ArchiveFile>;
  /** Digest of all of it. */
  readonly digest: string;
  /** Folders of the packages among them. */
  readonly packages: readonly string[];
}

const MODULE = /\.[cm]?[jt]s$/;
/** What nobody runs. */
const LEFT_OUT = /(?:\.map|\.d\.[cm]?ts|\.test\.[cm]?[jt]s)$/;

/** Reads what a charm's containers run, with the packages that it imports; nothing for a charm that has no `workload/`. */
export async function readWorkload(charmFolder: string): Promise<WorkloadToPack | undefined> {
  const folder = join(charmFolder, "workload");
  if (!existsSync(folder)) return undefined;
  const files = new Map<string, ArchiveFile>();
  const own = listFiles(folder);
  for (const path of own) files.set(path, { content: readFileSync(join(folder, path)) });
  const modules = own.filter((path) => MODULE.test(path)).map((path) => join(folder, path));
  const placed = placePackages(await importedPackages(modules));
  for (const [at, from] of placed) {
    for (const path of listFiles(from))
      files.set(`${at}/${path}`, { content: readFileSync(join(from, path)) });
  }
  // Node tells the kind of a module by the nearest package.json, and the charm's own stays behind.
  if (!files.has("package.json") && own.some((path) => /\.[jt]s$/.test(path))) {
    files.set("package.json", { content: `${JSON.stringify({ type: moduleType(charmFolder) })}\n` });
  }
  return { files, digest: digestOf(files), packages: [...placed.values()] };
}

/** Files below a folder but those of packages inside it, sorted, by path relative to it. */
function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter(
      (path) =>
        !LEFT_OUT.test(path) &&
        !path.split("/").some((part) => part === "node_modules" || part.startsWith(".")),
    )
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function moduleType(charmFolder: string): string {
  const path = join(charmFolder, "package.json");
  const manifest = existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as { readonly type?: string })
    : {};
  return manifest.type ?? "commonjs";
}

function digestOf(files: ReadonlyMap<string, ArchiveFile>): string {
  const hash = createHash("sha256");
  for (const [path, { content }] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
