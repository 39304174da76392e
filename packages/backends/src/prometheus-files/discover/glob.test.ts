import { expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";

test.for([
  ["/a/rules-*.yml", "/a/rules-x.yml", true],
  ["/a/*.yml", "/a/rules-x.yml", true],
  ["/a/*", "/a/b/c", false],
  ["/*/rules-?.yml", "/a/rules-x.yml", true],
  ["/a/[rs]ules-x.yml", "/a/rules-x.yml", true],
  ["/a/[^r]ules-x.yml", "/a/rules-x.yml", false],
  ["/a/[a-z]*", "/a/rules", true],
  ["/a/(b|c)+.yml", "/a/(b|c)+.yml", true],
  [String.raw`/a/\*.yml`, "/a/*.yml", true],
  ["/a/[", "/a/[", true],
  ["/a/[z-a]x", "/a/bx", false],
] as const)("%s on %s is %s", ([pattern, name, matches]) => {
  expect(matchesGlob(pattern, name)).toBe(matches);
});
