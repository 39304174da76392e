import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareVersions, satisfies } from "./version-range.ts";

test.for([
  { version: "3.16.0", range: ">=2.42 <4", fits: true },
  { version: "2.42.0+ds", range: ">=2.42 <4", fits: true },
  { version: "2.5.0", range: ">=2.42 <4", fits: false },
  { version: "4.0.0", range: ">=2.42 <4", fits: false },
  { version: "4.0.0-rc.1", range: ">=2.42 <4", fits: false },
  { version: "2.42.0-rc.0", range: ">=2.42 <4", fits: false },
  { version: "1.26.7", range: ">1.26.6 <=1.26.7", fits: true },
  { version: "v1.26", range: "=1.26.0", fits: true },
  { version: "whatever", range: "*", fits: true },
])("$version in $range is $fits", ({ version, range, fits }) => {
  expect(satisfies(version, range)).toBe(fits);
});

test("a range that is not of the allowed form is refused", () => {
  expect(() => satisfies("1.0", "^1.0")).toThrow(RangeError);
});

test("the order of versions is the order of their numbers", () => {
  const numbers = fc.array(fc.nat(200), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      const first = a.findIndex((number, i) => number !== b[i]);
      const expected = first < 0 ? 0 : Math.sign((a[first] ?? 0) - (b[first] ?? 0));
      expect(Math.sign(compareVersions(a.join("."), b.join(".")))).toBe(expected);
    }),
  );
});
