import { expect, test } from "vitest";
import { readFiles } from "../workspace/read-workspace.ts";
import { findDeadLinks } from "./find-dead-links.ts";

test("every relative link of the repository's pages leads somewhere", () => {
  expect(findDeadLinks(readFiles("", /\.md$/))).toEqual([]);
});

test.for([
  { what: "a missing file", text: "[a](docs/missing.md)", says: "leads nowhere" },
  { what: "a missing picture", text: "![a](docs/missing.svg)", says: "leads nowhere" },
  { what: "a path out of the repository", text: "[a](../../etc/passwd)", says: "leads nowhere" },
  { what: "a missing heading", text: "# One\n\n[a](#two)", says: "names no heading" },
  { what: "a reference to a missing file", text: "[a]\n\n[a]: missing.md", says: "leads nowhere" },
])("finds $what", ({ text, says }) => {
  expect(findDeadLinks([{ path: "README.md", text }]).join()).toContain(says);
});

test("takes headings as GitHub names them, and leaves code and other sites alone", () => {
  const text = [
    "# What it is, and isn't",
    "## Again",
    "## Again",
    "[a](#what-it-is-and-isnt) [b](#again-1) [c](https://example.org/x) [d](package.json)",
    "`[e](nowhere.md)`",
    "```md",
    "[f](nowhere.md)",
    "```",
  ].join("\n");

  expect(findDeadLinks([{ path: "README.md", text }])).toEqual([]);
});
