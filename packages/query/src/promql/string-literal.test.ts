import * as fc from "fast-check";
import { expect, test } from "vitest";
import { endOfString, quote, unquote } from "./string-literal.ts";

test("reads back every text that it quotes, on one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const literal = quote(value);
      expect(literal).not.toMatch(/[\n\r\u2028]/u);
      expect(endOfString(literal, 0)).toBe(literal.length);
      expect(unquote(literal, 0, literal.length)).toBe(value.toWellFormed());
    }),
  );
});

test("puts bytes that are written one by one together", () => {
  expect(unquote(String.raw`"\xc3\xa9\303\251"`, 0, 18)).toBe("éé");
});
