import type { MakingRecipe } from "../program-manifest.ts";
import type { Report, Search } from "../session.ts";

/** What a source that makes something is given. */
export interface Making<Recipe extends MakingRecipe> {
  readonly search: Search;
  readonly recipe: Recipe;
  /** Absolute path of an empty folder to fill; it becomes the program's folder in the cache. */
  readonly folder: string;
  readonly report: Report;
}

/** What a source made. */
export interface Made {
  /** The version that the source knows; what the program itself tells comes first. */
  readonly version?: string;
  /** Path of each binary relative to the folder, by name. */
  readonly binaries: Readonly<Record<string, string>>;
}
