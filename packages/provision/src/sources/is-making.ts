import type { MakingRecipe, SourceRecipe } from "../program-manifest.ts";

/** Says whether a source makes something that goes into the cache; the others only look. */
export function isMaking(recipe: SourceRecipe): recipe is MakingRecipe {
  return ["debian", "go-build", "go-toolchain", "release"].includes(recipe.kind);
}
