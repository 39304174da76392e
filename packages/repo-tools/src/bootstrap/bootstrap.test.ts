import { builtinModules } from "node:module";
import { isCode } from "@orrery/problems";
import { expect, test } from "vitest";
import { listImports } from "../workspace/list-imports.ts";
import { readFiles } from "../workspace/read-workspace.ts";

const files = readFiles("packages/repo-tools/bootstrap", /\.mjs$/);

test("the bootstraps need nothing that is installed", () => {
  const imports = files.flatMap((file) => listImports(file.text));

  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter((each) => !each.startsWith("./") && !isBuiltIn(each))).toEqual([]);
});

test("every code that the bootstraps print can be explained", () => {
  const codes = files.flatMap((file) =>
    [...file.text.matchAll(/"(SETUP_[A-Z_]+)"/g)].map((found) => found[1] ?? ""),
  );

  expect(codes.length).toBeGreaterThan(4);
  expect(codes.filter((code) => !isCode(code))).toEqual([]);
});

function isBuiltIn(specifier: string): boolean {
  return specifier.startsWith("node:") && builtinModules.includes(specifier.slice("node:".length));
}
