import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Expression } from "./expression.ts";
import { ParseMemory } from "./parse-memory.ts";
import { parsePromql } from "./parse-promql.ts";

function read(text: string): Expression {
  const parsed = parsePromql(text);
  if (!parsed.ok) throw new Error(`${text} does not parse`);
  return parsed.expression;
}

test("an expression that was read a short while ago is not read again", () => {
  expect(read("sum(zinc) > 1")).toBe(read("sum(zinc) > 1"));
});

test("a remembered expression is held to the limits of the one who asks", () => {
  read("zinc + lead + tin");

  expect(parsePromql("zinc + lead + tin", { limits: { bytes: 100, tokens: 3, depth: 1 } })).toMatchObject({
    ok: false,
    problems: [{ code: "QUERY_TOO_LARGE" }],
  });
});

test("forgets what was asked for longest ago, and never keeps more tokens than it may", () => {
  const names = fc.array(fc.constantFrom("zinc", "zinc + lead", "sum(zinc)", "1", "zinc + lead + tin"));
  fc.assert(
    fc.property(names, (texts) => {
      const memory = new ParseMemory(8);
      for (const text of texts) {
        if (!memory.get(text)) memory.keep(read(text));
        expect(memory.get(text)?.text).toBe(text);
      }
      const kept = [...new Set(texts)].flatMap((text) => memory.get(text) ?? []);
      expect(kept.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(8);
    }),
  );
});
