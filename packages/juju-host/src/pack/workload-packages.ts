import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { OrreryError } from "@orrery/problems";
import { isRecord } from "../tools/read-answer.ts";

/** Packages that files need, by where each lies below the folder of the files: `node_modules/NAME`, deeper where versions differ. */
export type PlacedPackages = ReadonlyMap<string, string>;

interface Dependency {
  readonly name: string;
  /** The file or package that wants it. */
  readonly from: string;
}

/** Names of the packages that modules import, each with the file that does. @throws OrreryError `PACK_INVALID` for what is no module. */
export async function importedPackages(modules: readonly string[]): Promise<readonly Dependency[]> {
  if (modules.length === 0) return [];
  const { rolldown } = await import("rolldown");
  const found = new Map<string, Dependency>();
  try {
    await using build = await rolldown({
      input: [...modules],
      platform: "node",
      tsconfig: false,
      treeshake: false,
      onLog: () => undefined,
      plugins: [
        {
          name: "orrery:imports",
          resolveId: (id, importer) => {
            if (importer === undefined || /^[./]/.test(id)) return undefined;
            const name = packageName(id);
            if (!isBuiltin(id)) found.set(name, { name, from: importer });
            return { id, external: true };
          },
        },
      ],
    });
    await build.generate({ format: "esm" });
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("PACK_INVALID", `workload cannot be read: ${told}`, { cause });
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Places packages and all that they need, as npm does: at the top, and beside who needs them where another version lies there.
 *
 * @throws OrreryError `PACK_INVALID` for one that is not installed.
 */
export function placePackages(wanted: readonly Dependency[]): PlacedPackages {
  const placed = new Map<string, string>();
  const open = wanted.map((dependency) => ({ ...dependency, below: "" }));
  for (const { name, from, below } of open) {
    const folder = findPackage(name, from);
    if (seen(placed, below, name) === folder) continue;
    const top = `node_modules/${name}`;
    const at = placed.has(top) ? `${below}${top}` : top;
    placed.set(at, folder);
    for (const need of dependenciesOf(folder)) open.push({ name: need, from: folder, below: `${at}/` });
  }
  return placed;
}

/** What `below` would find under a name among what is placed, as Node looks for it. */
function seen(placed: PlacedPackages, below: string, name: string): string | undefined {
  for (let at = below; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/", at.length - 2)))) {
    const found = placed.get(`${at}node_modules/${name}`);
    if (found !== undefined || at === "") return found;
  }
}

function dependenciesOf(folder: string): readonly string[] {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const wanted = isRecord(manifest) && isRecord(manifest["dependencies"]) ? manifest["dependencies"] : {};
  return Object.keys(wanted).toSorted();
}

function findPackage(name: string, from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
  }
  throw new OrreryError("PACK_INVALID", `package ${name}, which ${from} needs, is not installed`, {
    remedy: "run `npm install` in the charm's folder",
  });
}

function packageName(id: string): string {
  return id.split("/", id.startsWith("@") ? 2 : 1).join("/");
}
