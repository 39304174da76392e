import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { programCatalog } from "./program-catalog.ts";
import type { GoBuildRecipe } from "./program-manifest.ts";
import { satisfies } from "./version-range.ts";

const builds = programCatalog.flatMap((manifest) =>
  manifest.sources
    .filter((recipe): recipe is GoBuildRecipe => recipe.kind === "go-build")
    .map((recipe) => ({ manifest, recipe })),
);

test.for(builds)(
  "$manifest.name is built from a module that its pinned go.mod and go.sum name",
  ({ recipe }) => {
    const read = (file: string): string =>
      readFileSync(new URL(`../programs/${recipe.folder}/${file}`, import.meta.url), "utf8");
    const direct = [...read("go.mod").matchAll(/^(?:require|\t)\s*(\S+) (v\S+)$/gm)];

    expect(direct.length).toBeGreaterThan(0);
    for (const [, module, version] of direct) expect(read("go.sum")).toContain(`${module} ${version} h1:`);
    const named = (path: string): boolean =>
      path === "."
        ? (recipe.sources ?? []).includes("main.go")
        : direct.some(([, module]) => `${path}/`.startsWith(`${module}/`));
    expect(Object.values(recipe.packages).filter((path) => !named(path))).toEqual([]);
  },
);

test.for(builds)("$manifest.name is built in a version that is accepted", ({ manifest, recipe }) => {
  expect(satisfies(recipe.version, manifest.versions)).toBe(true);
});

test("the Go that can be downloaded is new enough for every build", () => {
  const recipe = programCatalog
    .flatMap((manifest) => manifest.sources)
    .find(({ kind }) => kind === "go-toolchain");
  const version = recipe?.kind === "go-toolchain" ? recipe.version : "";
  for (const { recipe: build } of builds) {
    const goMod = readFileSync(new URL(`../programs/${build.folder}/go.mod`, import.meta.url), "utf8");
    const needed = /^go (\S+)$/m.exec(goMod)?.[1] ?? "";
    expect(satisfies(version, `>=${needed}`)).toBe(true);
  }
});
