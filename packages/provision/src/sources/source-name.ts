import type { SourceRecipe } from "../program-manifest.ts";
import type { SourceName } from "../progress/progress-event.ts";

const NAMES: Readonly<Record<SourceRecipe["kind"], SourceName>> = {
  given: "path given",
  path: "PATH",
  cache: "cache",
  running: "this process",
  debian: "Debian package",
  "go-build": "Go build",
  "go-toolchain": "Go toolchain",
  release: "release",
};

/** The name of a source as people read it. */
export function sourceName(recipe: SourceRecipe): SourceName {
  return NAMES[recipe.kind];
}
