import { chmod, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import type { CacheRecord } from "../cache/program-cache.ts";
import { commitEntry, programFolder, temporaryFolder } from "../cache/program-cache.ts";
import { recipeDigest } from "../cache/recipe-digest.ts";
import { withLock } from "../cache/with-lock.ts";
import { checkProgram } from "../check-program.ts";
import type { Installed } from "../installed.ts";
import type { MakingRecipe } from "../program-manifest.ts";
import type { SourceName } from "../progress/progress-event.ts";
import type { Search } from "../session.ts";
import { reporter } from "../session.ts";
import { takeCachedFrom } from "./cached-program.ts";
import { buildWithGo } from "./go-build.ts";
import { downloadGoToolchain } from "./go-toolchain.ts";
import { unpackDebianPackage } from "./debian-package.ts";
import { downloadRelease } from "./release-download.ts";
import type { Made } from "./making.ts";
import { sourceName } from "./source-name.ts";

/**
 * Lets a source make a program in a temporary folder of the cache, checks that it runs, and puts it in its place.
 *
 * Of several processes that want the same program one makes it; the others wait, say so, and take the result.
 *
 * @throws {@link OrreryError} what the source, `checkProgram` and `withLock` throw; the cache is then as before.
 */
export async function makeInCache(search: Search, recipe: MakingRecipe): Promise<Installed> {
  const found = takeCachedFrom(search, recipe);
  if (found !== undefined) return found;
  const { session, manifest } = search;
  const source = sourceName(recipe);
  const { cacheFolder, signal } = session.options;
  const lock = join(cacheFolder, "programs", `${manifest.name}.lock`);
  const onWait = (): void =>
    reporter(search, source)({ phase: "waiting", message: "it is being made already; waiting for it" });
  return withLock(lock, { onWait, signal }, async () => {
    const madeMeanwhile = takeCachedFrom(search, recipe);
    if (madeMeanwhile !== undefined) return madeMeanwhile;
    const folder = await makeFolder(cacheFolder, manifest.name);
    try {
      const made = await make(search, recipe, folder);
      return await commit(search, recipe, { folder, made, source });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function makeFolder(cacheFolder: string, program: string): Promise<string> {
  try {
    return await temporaryFolder(cacheFolder, program);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const folder = programFolder(cacheFolder, program);
    throw new OrreryError("PROGRAM_CACHE_UNUSABLE", `${folder} cannot be written: ${why}`, { cause });
  }
}

function make(search: Search, recipe: MakingRecipe, folder: string): Promise<Made> {
  const report = reporter(search, sourceName(recipe));
  const turn = search.session.makingTurns;
  // A Go build takes its turn itself, once it has a Go to build with: waiting for one inside a turn could wait for ever.
  if (recipe.kind === "go-build") return buildWithGo({ search, recipe, folder, report });
  if (recipe.kind === "debian") return turn(() => unpackDebianPackage({ search, recipe, folder, report }));
  if (recipe.kind === "release") return turn(() => downloadRelease({ search, recipe, folder, report }));
  return turn(() => downloadGoToolchain({ search, recipe, folder, report }));
}

async function commit(
  search: Search,
  recipe: MakingRecipe,
  { folder, made, source }: { readonly folder: string; readonly made: Made; readonly source: SourceName },
): Promise<Installed> {
  const { session, manifest } = search;
  const binaries: Record<string, { path: string; bytes: number }> = {};
  for (const [name, path] of Object.entries(made.binaries)) {
    await chmod(join(folder, path), 0o755);
    binaries[name] = { path, bytes: (await stat(join(folder, path))).size };
  }
  reporter(search, source)({ phase: "checking", message: "seeing whether it starts" });
  const main = made.binaries[manifest.binaries[0].name] ?? "";
  const checked = await checkProgram(session, manifest, join(folder, main));
  const version = checked.version ?? made.version ?? "unknown";
  const record: CacheRecord = { name: manifest.name, version, source, binaries, notes: checked.notes };
  return commitEntry(folder, record, recipeDigest(session, manifest, recipe));
}
