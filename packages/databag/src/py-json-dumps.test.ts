import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PyFloat, pyJsonDumps } from "./py-json-dumps.ts";
import type { PyJson } from "./py-json-dumps.ts";

const cases = JSON.parse(
  readFileSync(new URL("../test/fixtures/json-dumps.python.json", import.meta.url), "utf8"),
) as readonly { readonly text: string; readonly sorted: string }[];

test.for(cases)("writes what Python wrote: $text", ({ text, sorted }) => {
  const value = JSON.parse(text) as PyJson;

  expect(pyJsonDumps(value)).toBe(text);
  expect(pyJsonDumps(value, { sortKeys: true })).toBe(sorted);
});

test("what it writes reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(JSON.parse(pyJsonDumps(value as PyJson)))).toBe(JSON.stringify(value));
    }),
  );
});

test("floats are told from integers where Python would", () => {
  expect(pyJsonDumps([1, new PyFloat(1), new PyFloat(1e16), Number.NaN, -Infinity])).toBe(
    "[1, 1.0, 1e+16, NaN, -Infinity]",
  );
});

test.for([
  { path: "/a", digest: "09ce04ab78edd68c645b681fe9515843c2844029866d9cd8402cf5fbea872928" },
  { path: "/b", digest: "4858c3d5c4abf4fa75d7f645793f14532fdadae5313249c1b78b73269e04297a" },
])("a scrape job's text hashes as at the peers: $path", ({ path, digest }) => {
  const text = pyJsonDumps({ metrics_path: path, static_configs: [{ targets: ["h:1"] }], job_name: "j" });

  expect(createHash("sha256").update(text).digest("hex")).toBe(digest);
});
