import { findCached } from "../cache/program-cache.ts";
import { recipeDigest } from "../cache/recipe-digest.ts";
import type { Installed } from "../installed.ts";
import type { MakingRecipe } from "../program-manifest.ts";
import type { Search } from "../session.ts";
import { isMaking } from "./is-making.ts";
import { sourceName } from "./source-name.ts";
import { satisfies } from "../version-range.ts";

/**
 * Takes from the cache what one of the manifest's sources made earlier, in their order.
 *
 * What is in the cache was run before it was put there, so nothing is run here: no process, no network.
 */
export function takeCached(search: Search): Installed | undefined {
  const recipes = search.manifest.sources.filter(isMaking);
  const place = recipes.findIndex((recipe) => takeCachedFrom(search, recipe) !== undefined);
  const recipe = recipes[place];
  const found = recipe && takeCachedFrom(search, recipe);
  const [preferred] = recipes;
  if (found === undefined || preferred === undefined || place === 0) return found;
  const note = `made by its ${found.source}, as its ${sourceName(preferred)} did not do; remove ${found.folder} to try that again`;
  return { ...found, notes: [...found.notes, note] };
}

/** Takes from the cache what one source made earlier, if its version is accepted. */
export function takeCachedFrom(search: Search, recipe: MakingRecipe): Installed | undefined {
  const { manifest, session } = search;
  const digest = recipeDigest(session, manifest, recipe);
  const found = findCached(session.options.cacheFolder, manifest.name, digest);
  if (found === undefined) return undefined;
  return found.version === "unknown" || satisfies(found.version, manifest.versions) ? found : undefined;
}
