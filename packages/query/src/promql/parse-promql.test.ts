import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParsedPromql } from "./parse-promql.ts";
import { parsePromql } from "./parse-promql.ts";

interface Verdicts {
  readonly promtool: string;
  readonly verdicts: readonly { readonly text: string; readonly accepted: boolean }[];
}

const { verdicts }: Verdicts = JSON.parse(
  readFileSync(new URL("../../test/fixtures/promtool-verdicts.json", import.meta.url), "utf8"),
);

/** What Prometheus 3 takes and we refuse on purpose; see the docstring of `parsePromql`. */
const STRICTER: readonly string[] = [
  String.raw`"\xff"`,
  "5.",
  "zinc[5m+1m]",
  "zinc[(5m)]",
  "zinc # a\r + lead",
  "zinc</lead",
  "zinc anchored",
  "zinc[5m] smoothed",
  "zinc offset step()",
];

test("judges every expression of the corpus as the real promtool does", () => {
  const differing = verdicts.filter(({ text, accepted }) => parsePromql(text).ok !== accepted);

  expect(differing.map(({ text, accepted }) => ({ text, accepted }))).toEqual(
    STRICTER.map((text) => ({ text, accepted: true })),
  );
  expect(verdicts.length).toBeGreaterThan(400);
});

test.for([
  {
    text: "rate(zinc)",
    code: "QUERY_TYPE",
    message: 'function rate takes a range vector, found an instant vector "zinc", at 1:6',
    line: 1,
    column: 6,
  },
  {
    text: "sum(zinc)\n  + on (a",
    code: "QUERY_SYNTAX",
    message: "expression does not parse: found the end, at 2:10",
    line: 2,
    column: 10,
  },
  { text: "zinc{a='b}", code: "QUERY_SYNTAX", message: "string is not closed, at 1:8", line: 1, column: 8 },
  {
    text: "frobnicate(zinc)",
    code: "QUERY_UNKNOWN_FUNCTION",
    message: "function frobnicate is unknown, at 1:1",
    line: 1,
    column: 1,
  },
  {
    text: "info(zinc)",
    code: "QUERY_EXPERIMENTAL",
    message: "function info is experimental, or gone from Prometheus 3, at 1:1",
    line: 1,
    column: 1,
  },
  {
    text: '{a=~".*"}',
    code: "QUERY_SELECTOR",
    message: "selector has no matcher that excludes the empty value, at 1:1",
    line: 1,
    column: 1,
  },
])("says what is wrong with $text, and where", ({ text, code, message, line, column }) => {
  expect(parsePromql(text)).toMatchObject({
    ok: false,
    problems: [{ code, message, origin: { line, column } }],
  });
});

test("keeps the place in a file that the caller knows", () => {
  const parsed = parsePromql("rate(zinc)", { origin: { file: "rules/a.yaml", line: 7 } });

  expect(parsed).toMatchObject({
    ok: false,
    problems: [{ origin: { file: "rules/a.yaml", line: 7 }, message: expect.stringContaining("at 1:6") }],
  });
});

describe("holds a text against the limits before parsing it:", () => {
  test.for([
    { what: "bytes", text: `zinc{a="${"é".repeat(20_000)}"}` },
    {
      what: "tokens",
      text: Array.from({ length: 50_000 }, () => "a")
        .join("+")
        .slice(0, 30_000),
    },
    { what: "depth", text: `${"(".repeat(200)}a${")".repeat(200)}` },
  ])("$what", ({ text }) => {
    expect(parsePromql(text)).toMatchObject({ ok: false, problems: [{ code: "QUERY_TOO_LARGE" }] });
  });
});

test.for(["+", "^", " or "])(
  "survives 50,000 operands joined by %s where the limits are raised",
  (operator) => {
    const text = Array.from({ length: 50_000 }, () => "a").join(operator);

    expect(() => parsePromql(text, { limits: { bytes: 1e7, tokens: 1e7, depth: 1e7 } })).not.toThrow();
  },
);

test("gives a range or an offset to the operand that it follows, as Prometheus does", () => {
  const parsed = parsePromql("-lead + zinc offset 5m * 2");

  expect(shape(parsed)).toEqual(["selector", "unary", "selector", "offset", "number", "binary", "binary"]);
});

test.for([
  { text: "zinc > 5", since: "2.42" },
  { text: "histogram_avg(zinc)", since: "2.51" },
  { text: "time() - zinc > 10m", since: "2.54" },
  { text: 'sum({"zinc.depth"})', since: "3.0" },
])("knows that $text needs Prometheus $since", ({ text, since }) => {
  expect(parsePromql(text)).toMatchObject({ ok: true, expression: { since } });
});

test("never throws, whatever the text", () => {
  const pieces = fc.constantFrom(
    ..."( ) [ ] { } , : + - == =~ \" ' ` \\ # \n \r @ 5m 1 a sum rate by on offset bool \u00A0 \0 é".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 3 }))), (words) => {
      expect(parsePromql(words.join(""))).toHaveProperty("ok");
    }),
    { numRuns: 2_000 },
  );
});

function shape(parsed: ParsedPromql): readonly string[] {
  return parsed.ok
    ? parsed.expression.nodes.map(({ kind }) => kind)
    : parsed.problems.map(({ message }) => message);
}
