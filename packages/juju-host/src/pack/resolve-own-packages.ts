import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "rolldown";
import { isRecord } from "../tools/read-answer.ts";

const SCOPE = "@orrery/";
/** The condition under which packages offer their sources, where those are at hand. */
const SOURCE = "@orrery/source";

/**
 * Finds this project's packages as each importer has them: by their sources in the repository, built where they are installed.
 *
 * A charm outside the repository brings built packages of its own, and what runs it under Juju may come from sources at the same time.
 */
export function ownPackagesPlugin(): Plugin {
  return {
    name: "orrery:own-packages",
    resolveId: (id, importer) =>
      importer !== undefined && id.startsWith(SCOPE) ? findModule(id, importer) : undefined,
  };
}

function findModule(id: string, importer: string): string | undefined {
  const [scope, name, ...rest] = id.split("/");
  const door = rest.length === 0 ? "." : `./${rest.join("/")}`;
  for (let folder = dirname(importer); ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", `${scope}/${name}`);
    if (existsSync(join(found, "package.json"))) return moduleOf(found, door);
    if (folder === dirname(folder)) return undefined;
  }
}

function moduleOf(folder: string, door: string): string | undefined {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const doors = isRecord(manifest) && isRecord(manifest["exports"]) ? manifest["exports"] : {};
  const targets = doors[door];
  if (!isRecord(targets)) return undefined;
  return [targets[SOURCE], targets["default"]]
    .filter((target) => typeof target === "string")
    .map((target) => join(folder, target))
    .find((path) => existsSync(path));
}
