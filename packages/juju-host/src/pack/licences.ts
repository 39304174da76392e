import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRecord } from "../tools/read-answer.ts";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly folder: string;
}

const HEAD = `What this charm is made of beside its author's own work, and under which licences.
`;

/** Writes the licences of all packages that files belong to. */
export function licences(files: readonly string[]): string {
  const packages = new Map<string, Package>();
  for (const file of files) {
    const found = packageOf(file);
    if (found) packages.set(`${found.name} ${found.version}`, found);
  }
  const sorted = [...packages.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [HEAD, ...sorted.map(section)].join("\n");
}

function section({ name, version, licence, folder }: Package): string {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  return `${"-".repeat(78)}\n${name} ${version}, ${licence}\n${text}`;
}

/** The named package that a file belongs to: some have further package.json files inside that only say how to read modules. */
function packageOf(file: string): Package | undefined {
  for (let folder = file; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    const manifest: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
    if (
      !isRecord(manifest) ||
      typeof manifest["name"] !== "string" ||
      typeof manifest["version"] !== "string"
    )
      continue;
    const licence = typeof manifest["license"] === "string" ? manifest["license"] : "licence not told";
    return { name: manifest["name"], version: manifest["version"], licence, folder };
  }
  return undefined;
}
