import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../workspace/read-workspace.ts";
import { generatedFiles } from "./generated-files.ts";

test.for(generatedFiles)("$path is what `npm run generate` writes", async ({ path, render }) => {
  expect(readFileSync(join(repositoryRoot, path), "utf8")).toBe(await render());
});
