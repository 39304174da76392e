import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FIXTURES_FOLDER, peerFixtures } from "./peer-fixtures.ts";

test("the fixtures of packages/relations are what the Python peers write and read today", async () => {
  const made = await peerFixtures();

  const kept = Object.fromEntries(
    Object.keys(made).map((name) => [name, readFileSync(join(FIXTURES_FOLDER, name), "utf8")]),
  );
  expect(Object.keys(made)).toHaveLength(3);
  expect(kept).toEqual(made);
});
