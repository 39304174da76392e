import { readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";

// This file also runs in the child processes of foreign charms, where no other package can be resolved: it imports nothing else.

/** A charm as any copy of `@orrery/charm` makes it, as far as a host needs to know before it is loaded. */
export interface CharmModule {
  readonly protocol: 1;
  readonly name: string;
  readonly assets: readonly string[];
  readonly load: (assets: Readonly<Record<string, Readonly<Record<string, string>>>>) => unknown;
}

/** The most texts that one marked folder may hold, and their bytes together: 1000 and 8 MiB. */
const MOST_FILES = 1000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Finds the module of the charm in a folder. @throws Error when there is none, or it lies outside the folder. */
export function charmModulePath(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const own = isRecord(manifest) && isRecord(manifest["orrery"]) ? manifest["orrery"]["charm"] : undefined;
  const names = typeof own === "string" ? [own] : ["./charm.ts", "./charm.js"];
  const found = names
    .map((name) => join(folder, name))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  if (found === undefined) throw new Error(`charm folder holds no ${names.join(" or ")}`);
  return inside(folder, found);
}

/** Loads the charm of a folder and gives it its texts; what comes back is what its `load` gave. */
export async function loadCharmFolder(folder: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(charmModulePath(folder)).href);
  const charm = isRecord(module) ? module["default"] : undefined;
  if (!isCharm(charm)) throw new Error("charm module has no default export made by defineCharm");
  const assets = Object.fromEntries(charm.assets.map((marker) => [marker, readTexts(folder, marker)]));
  return charm.load(assets);
}

/** Reads the texts of a marked folder, by path relative to it. @throws Error past the limits, and for what is no text. */
export function readTexts(folder: string, marker: string): Record<string, string> {
  const root = inside(folder, join(folder, marker));
  const texts: Record<string, string> = {};
  let bytes = 0;
  const visit = (below: string): void => {
    const entries = readdirSync(join(root, below), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory()) visit(path);
      if (!entry.isFile()) continue;
      const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(join(root, path)));
      bytes += Buffer.byteLength(text);
      texts[path] = text;
      if (bytes > MOST_BYTES || Object.keys(texts).length > MOST_FILES) {
        throw new Error(`folder ${marker} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes`);
      }
    }
  };
  visit("");
  return texts;
}

/** Resolves every link of a path and refuses one that leads out of the folder. */
function inside(folder: string, path: string): string {
  const root = realpathSync(folder);
  const real = realpathSync(path);
  if (real !== root && !real.startsWith(root + sep))
    throw new Error(`path ${path} leads out of the charm's folder`);
  return real;
}

function isCharm(value: unknown): value is CharmModule {
  return (
    isRecord(value) &&
    value["protocol"] === 1 &&
    typeof value["load"] === "function" &&
    Array.isArray(value["assets"])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
