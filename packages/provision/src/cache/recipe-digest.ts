import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GoBuildRecipe, MakingRecipe, ProgramManifest } from "../program-manifest.ts";
import type { Session } from "../session.ts";

/**
 * The digest of everything that decides what a source makes: 12 hexadecimal digits.
 *
 * It covers the recipe, the binaries, the kind of machine, and for a Go build its go.mod, go.sum and sources.
 */
export function recipeDigest(session: Session, manifest: ProgramManifest, recipe: MakingRecipe): string {
  const parts = {
    recipe,
    binaries: manifest.binaries.map((binary) => binary.name),
    platform: session.world.platform,
    module: recipe.kind === "go-build" ? moduleFiles(session, recipe) : [],
  };
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}

function moduleFiles(session: Session, { folder, sources = [] }: GoBuildRecipe): string[] {
  return ["go.mod", "go.sum", ...sources].map((file) =>
    readFileSync(join(session.recipesFolder, folder, file), "utf8"),
  );
}
