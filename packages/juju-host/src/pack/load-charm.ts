import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Charm, LoadedCharm } from "@orrery/charm";
import { charmModulePath, readTexts } from "@orrery/engine-local/charm-folder";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { isRecord } from "../tools/read-answer.ts";
import { bundleAlone } from "./bundle-charm.ts";

/** A charm that is to be packed. */
export interface CharmToPack {
  /** Absolute, links resolved. */
  readonly folder: string;
  readonly module: string;
  readonly assets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly loaded: LoadedCharm;
}

/**
 * Loads the charm of a folder as it will be packed: made into one file, which finds nothing around it.
 *
 * @throws OrreryError `CHARM_NOT_FOUND`, `CHARM_INVALID`, `PACK_INVALID`.
 */
export async function loadCharmToPack(path: string): Promise<CharmToPack> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new OrreryError("CHARM_NOT_FOUND", `there is no folder ${path}`, {
      remedy: "give the path of the charm's folder",
    });
  }
  const folder = realpathSync(path);
  try {
    const module = charmModulePath(folder);
    const charm = await importAlone(module);
    const assets = Object.fromEntries(charm.assets.map((marker) => [marker, readTexts(folder, marker)]));
    return { folder, module, assets, loaded: charm.load(assets) };
  } catch (cause) {
    if (isOrreryError(cause)) throw cause;
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("CHARM_INVALID", `charm in ${path} does not load: ${told}`, { cause });
  }
}

async function importAlone(module: string): Promise<Charm> {
  const { code } = await bundleAlone(module);
  const folder = mkdtempSync(join(tmpdir(), "orrery-pack-"));
  try {
    const file = join(folder, "charm.mjs");
    writeFileSync(file, code);
    const imported: unknown = await import(pathToFileURL(file).href);
    const charm = isRecord(imported) ? imported["default"] : undefined;
    if (isCharm(charm)) return charm;
    throw new Error("charm module has no default export made by defineCharm");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A charm may bring its own copy of the framework: its form is what protocol 1 says. */
function isCharm(value: unknown): value is Charm {
  return (
    isRecord(value) &&
    value["protocol"] === 1 &&
    typeof value["load"] === "function" &&
    Array.isArray(value["assets"])
  );
}
