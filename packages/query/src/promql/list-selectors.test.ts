import { expect, test } from "vitest";
import { listSelectors, metricNames } from "./list-selectors.ts";
import { parsePromql } from "./parse-promql.ts";

test("lists what an expression reads: metric, matchers, range and place", () => {
  const parsed = parsePromql('sum(rate(zinc_total{code=~"5.."}[5m]))\n  / {__name__="lead", a!="b"}');
  const selectors = parsed.ok ? listSelectors(parsed.expression) : [];

  expect(selectors).toEqual([
    {
      metric: "zinc_total",
      matchers: [{ name: "code", op: "=~", value: "5.." }],
      range: "5m",
      position: { line: 1, column: 10 },
    },
    { metric: "lead", matchers: [{ name: "a", op: "!=", value: "b" }], position: { line: 2, column: 5 } },
  ]);
});

test("names each metric once, sorted, quoted ones too", () => {
  const parsed = parsePromql('zinc + lead + zinc offset 1h + {"b.c"} + {__name__=~"x.+"}');

  expect(parsed.ok && metricNames(parsed.expression)).toEqual(["b.c", "lead", "zinc"]);
});
