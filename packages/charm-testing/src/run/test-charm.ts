import { readFile, readdir } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Charm, LoadedCharm } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";

/** Folders of texts, as {@link Charm.load} takes them. */
type Texts = Parameters<Charm["load"]>[0];

/**
 * Loads the charm of a folder with its texts, as a host does: `await testCharm(import.meta.dirname)`.
 *
 * The folder's package.json names the module under `orrery.charm`; `./charm.ts` when it does not.
 * @throws OrreryError `CHARM_INVALID` when the folder holds no charm, or a marked folder is missing.
 */
export async function testCharm(folder: string): Promise<LoadedCharm> {
  const module = resolve(folder, await moduleOf(folder));
  const exported: unknown = await import(pathToFileURL(module).href);
  const charm =
    typeof exported === "object" && exported !== null && "default" in exported ? exported.default : undefined;
  if (!isCharm(charm))
    throw new OrreryError(
      "CHARM_INVALID",
      `module ${module} does not export a charm of defineCharm as its default`,
    );
  const texts: [string, Texts[string]][] = [];
  for (const marked of charm.assets) texts.push([marked, await readTexts(resolve(folder, marked))]);
  return charm.load(Object.fromEntries(texts));
}

async function moduleOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  const manifest = JSON.parse(text) as { readonly orrery?: { readonly charm?: string } };
  return manifest.orrery?.charm ?? "./charm.ts";
}

function isCharm(value: unknown): value is Charm {
  return (
    typeof value === "object" &&
    value !== null &&
    "protocol" in value &&
    value.protocol === 1 &&
    "load" in value
  );
}

async function readTexts(folder: string): Promise<Texts[string]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new OrreryError("CHARM_INVALID", `folder ${folder}, which the charm marks, is not there`);
  });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts: [string, string][] = [];
  for (const path of paths.toSorted(byCode)) {
    texts.push([path.slice(folder.length + 1).replaceAll(sep, "/"), await readFile(path, "utf8")]);
  }
  return Object.fromEntries(texts);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}
