import * as fc from "fast-check";
import { expect, test } from "vitest";
import { charmReference } from "./charm-reference.ts";
import { keyValues } from "./key-values.ts";
import { nearMatches } from "./near-matches.ts";
import { duration } from "./numbers.ts";

test("every key and value comes back as it was written", () => {
  const keys = fc.stringMatching(/^[a-z][a-z-]{0,20}$/);
  fc.assert(
    fc.property(fc.dictionary(keys, fc.string()), (wanted) => {
      const texts = Object.entries(wanted).map(([key, value]) => `${key}=${value}`);
      expect(keyValues(texts)).toEqual({ ...wanted });
    }),
  );
});

test.for([[["fault"]], [["=errors"]], [["a=1", "a=2"]]])("%j is refused", ([texts]) => {
  expect(() => keyValues(texts ?? [])).toThrow(expect.objectContaining({ code: "CLI_USAGE" }));
});

test("paths to charms are told from their names and become absolute", () => {
  expect(charmReference("prometheus", "/home/me")).toBe("prometheus");
  expect(charmReference("./shop", "/home/me")).toBe("/home/me/shop");
  expect(charmReference(".", "/home/me")).toBe("/home/me");
  expect(charmReference("../shop", "/home/me")).toBe("/home/shop");
  expect(charmReference("telemetry.yaml", "/home/me")).toBe("/home/me/telemetry.yaml");
  expect(charmReference("/charms/shop", "/home/me")).toBe("/charms/shop");
});

test("times are read in seconds unless they say otherwise", () => {
  expect([duration("90"), duration("5s"), duration("1.5m"), duration("500ms")]).toEqual([
    90_000, 5000, 90_000, 500,
  ]);
  expect(() => duration("soon")).toThrow("It is not a time such as 5s or 1m.");
});

test("what may have been meant is near, and nothing is said of what is far", () => {
  expect(nearMatches("storfront", ["prometheus", "storefront"])).toEqual(["storefront"]);
  expect(nearMatches("zebra", ["prometheus", "storefront"])).toEqual([]);
});
