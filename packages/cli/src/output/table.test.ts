import { stripVTControlCharacters, styleText } from "node:util";
import { expect, test } from "vitest";
import { table } from "./table.ts";

const columns = [{ title: "Name" }, { title: "Size", align: "right" as const }, { title: "Note" }];
const rows = [
  ["a", "1", ""],
  ["longer", { text: "1000", style: "green" as const }, "said"],
];

test("columns are as wide as their widest text, and lines end without spaces", () => {
  expect(table(columns, rows, (_, text) => text)).toBe(
    "Name    Size  Note\na          1\nlonger  1000  said\n",
  );
});

test("colours change no column", () => {
  const coloured = table(columns, rows, (style, text) => styleText(style, text, { validateStream: false }));

  expect(coloured).not.toBe(table(columns, rows, (_, text) => text));
  expect(stripVTControlCharacters(coloured)).toBe(table(columns, rows, (_, text) => text));
});
