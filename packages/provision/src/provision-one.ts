import type { Attempt } from "./attempt.ts";
import { asOrreryError, unavailable } from "./attempt.ts";
import type { Installed } from "./installed.ts";
import { sizeOf } from "./size-of.ts";
import type { ProgramManifest, SourceRecipe } from "./program-manifest.ts";
import type { Search, Session } from "./session.ts";
import { reporter } from "./session.ts";
import { takeCached, takeCachedFrom } from "./sources/cached-program.ts";
import { givenRelease } from "./sources/given-release.ts";
import { takeGivenPath } from "./sources/given-path.ts";
import { makeInCache } from "./sources/make-in-cache.ts";
import { takeRunningNode } from "./sources/running-node.ts";
import { searchPath } from "./sources/search-path.ts";
import { sourceName } from "./sources/source-name.ts";

/**
 * Tries the sources of one program in their order and takes the first that gives an accepted version which starts.
 *
 * @throws {@link OrreryError} `PROGRAM_UNAVAILABLE`, or the manifest's own code, with every attempt; the signal's
 * reason when it was cancelled.
 */
export async function provisionOne(session: Session, manifest: ProgramManifest): Promise<Installed> {
  const { found, attempts } = await searchProgram(session, manifest);
  if (found === undefined) throw unavailable(manifest, attempts);
  return found;
}

/** How a search ended: with a program, or without; and what was passed over on the way. */
export interface SearchResult {
  readonly found?: Installed;
  readonly attempts: readonly Attempt[];
}

/** Tries the sources of one program in their order, as {@link provisionOne} does, and gives every failed attempt. */
export async function searchProgram(session: Session, manifest: ProgramManifest): Promise<SearchResult> {
  const search: Search = { session, manifest, startedAt: session.world.now() };
  const attempts: Attempt[] = [];
  for (const recipe of manifest.sources) {
    session.options.signal?.throwIfAborted();
    const found = await trySource(search, recipe, attempts);
    if (found !== undefined) return { found: finish(search, found, attempts), attempts };
    // A release that the user gives comes right after a path that the user gives.
    if (recipe.kind !== "given") continue;
    const released = await tryGivenRelease(search, attempts);
    if (released !== undefined) return { found: finish(search, released, attempts), attempts };
  }
  return { attempts };
}

async function tryGivenRelease(search: Search, attempts: Attempt[]): Promise<Installed | undefined> {
  try {
    const recipe = givenRelease(search.manifest.name, search.session.world.env);
    return recipe && (await trySource(search, recipe, attempts));
  } catch (failure) {
    note(search, attempts, { source: "release", error: asOrreryError(failure) });
    return undefined;
  }
}

async function trySource(
  search: Search,
  recipe: SourceRecipe,
  attempts: Attempt[],
): Promise<Installed | undefined> {
  try {
    return await take(search, recipe);
  } catch (failure) {
    search.session.options.signal?.throwIfAborted();
    note(search, attempts, { source: sourceName(recipe), error: asOrreryError(failure) });
    return undefined;
  }
}

/** Remembers why a source did not do. That a program is not on the PATH is usual and told only when all else fails. */
function note(search: Search, attempts: Attempt[], attempt: Attempt): void {
  attempts.push(attempt);
  if (attempt.error.code === "PROGRAM_NOT_ON_PATH") return;
  reporter(search, attempt.source)({ phase: "failed", message: attempt.error.message });
}

async function take(search: Search, recipe: SourceRecipe): Promise<Installed | undefined> {
  if (recipe.kind === "given") return takeGivenPath(search);
  if (recipe.kind === "path") return searchPath(search);
  if (recipe.kind === "cache") return takeCached(search);
  if (recipe.kind === "running") return takeRunningNode(search);
  return search.session.mayMake ? makeInCache(search, recipe) : takeCachedFrom(search, recipe);
}

function finish(search: Search, found: Installed, attempts: readonly Attempt[]): Installed {
  const passedOver = attempts
    .filter(({ error }) => error.code !== "PROGRAM_NOT_ON_PATH")
    .map(({ source, error }) => `${source} was passed over: ${error.message}`);
  const version = found.version === "unknown" ? "found" : `version ${found.version}`;
  reporter(
    search,
    found.source,
  )({ phase: "ready", message: `${version} at ${found.path}`, bytes: sizeOf(found) });
  return { ...found, notes: [...found.notes, ...passedOver] };
}
