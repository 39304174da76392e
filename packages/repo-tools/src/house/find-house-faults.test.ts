import { expect, test } from "vitest";
import { readWorkspaces } from "../workspace/read-workspace.ts";
import { findHouseFaults } from "./find-house-faults.ts";

test("the repository keeps the house rules", () => {
  expect(findHouseFaults(readWorkspaces().flatMap((each) => each.files))).toEqual([]);
});

test.for([
  {
    what: "a file that is too long",
    path: "a/long.ts",
    text: "const a = 1;\n".repeat(301),
    says: "301 lines",
  },
  { what: "a file named for nothing", path: "a/utils.ts", text: "", says: "does not say what it holds" },
  { what: "a file in another case", path: "a/fooBar.ts", text: "", says: "kebab-case" },
  {
    what: "a cast through unknown",
    path: "a/cast.ts",
    text: ["x as unknown", "as Y"].join(" "),
    says: "hides",
  },
])("$what is a fault", ({ path, text, says }) => {
  expect(findHouseFaults([{ path, text }]).join()).toContain(says);
});
