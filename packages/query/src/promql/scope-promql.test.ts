import { topologyMatchers } from "@orrery/topology";
import type { MatcherSet } from "@orrery/topology";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listSelectors } from "./list-selectors.ts";
import { parsePromql } from "./parse-promql.ts";
import type { ScopedPromql, ScopeMode } from "./scope-promql.ts";
import { scopePromql } from "./scope-promql.ts";
import { quote } from "./string-literal.ts";

const zinc = topologyMatchers({
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "zinc",
});
const OURS =
  'juju_application="zinc",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"';

function scope(text: string, mode: ScopeMode = "strict", matchers: MatcherSet = zinc): ScopedPromql {
  const parsed = parsePromql(text);
  return parsed.ok ? scopePromql(parsed.expression, { matchers, mode }) : parsed;
}

test.for([
  { text: 'rate(zinc_total{job="j"}[5m]) > 0.5', scoped: `rate(zinc_total{job="j",${OURS}}[5m]) > 0.5` },
  { text: "up  <  1 # all", scoped: `up{${OURS}}  <  1 # all` },
  { text: "absent( up{} )", scoped: `absent( up{${OURS}} )` },
  { text: '{ "zinc.depth" , z = "1", a=~`\\d` }', scoped: `{"zinc.depth",a=~"\\\\d",${OURS},z="1"}` },
  {
    text: "max_over_time((lead > zinc)[1h:5m] offset 1d)",
    scoped: `max_over_time((lead{${OURS}} > zinc{${OURS}})[1h:5m] offset 1d)`,
  },
  { text: "vector(1) + time()", scoped: "vector(1) + time()" },
])("adds the identity to every selector of $text and leaves the rest", ({ text, scoped }) => {
  expect(scope(text)).toMatchObject({ ok: true, text: scoped, kept: [], problems: [] });
});

describe("strict mode refuses", () => {
  test.for([
    { what: "another application", text: 'up{juju_application="lead"}', code: "QUERY_FOREIGN_IDENTITY" },
    { what: "every application", text: 'up{juju_application=~".+"}', code: "QUERY_FOREIGN_IDENTITY" },
    { what: "all but our own", text: 'up{juju_model!="obs"}', code: "QUERY_FOREIGN_IDENTITY" },
    { what: "no application", text: 'up{juju_application=""}', code: "QUERY_FOREIGN_IDENTITY" },
    { what: "our own by pattern", text: 'up{juju_application=~"zinc"}', code: "QUERY_FOREIGN_IDENTITY" },
    {
      what: "a quoted label name",
      text: `up{'juju_applicatio\\u006e'="lead"}`,
      code: "QUERY_FOREIGN_IDENTITY",
    },
    { what: "an identity that it has not", text: 'up{juju_unit="lead/0"}', code: "QUERY_FOREIGN_IDENTITY" },
    {
      what: "one selector of many",
      text: 'sum(zinc) + on () max_over_time(up{juju_model="x"}[1h:1m])',
      code: "QUERY_FOREIGN_IDENTITY",
    },
    {
      what: "a forged label",
      text: 'label_replace(up, "juju_application", "lead", "", "")',
      code: "QUERY_WRITES_IDENTITY",
    },
    {
      what: "a forged label in parentheses",
      text: 'label_replace(up, ("juju_unit"), "x", "", "")',
      code: "QUERY_WRITES_IDENTITY",
    },
    { what: "a joined label", text: 'label_join(up, "juju_model", "", "a")', code: "QUERY_WRITES_IDENTITY" },
    {
      what: "a counted label",
      text: 'count_values by (a) ("juju_charm", up)',
      code: "QUERY_WRITES_IDENTITY",
    },
  ])("$what", ({ text, code }) => {
    expect(scope(text)).toMatchObject({ ok: false, problems: [{ code }] });
  });
});

test("an identity of another kind is guarded the same way", () => {
  const mapped = [{ name: "job", op: "=", value: "mongodb" }] as const;

  expect(scope("up", "strict", mapped)).toMatchObject({ text: 'up{job="mongodb"}' });
  expect(scope('up{job="node"}', "strict", mapped)).toMatchObject({ ok: false });
  expect(scope('up{job="node"}')).toMatchObject({ ok: true });
});

test("a rule over several declared applications may name each of them, and no other", () => {
  const several = [{ name: "juju_application", op: "=~", value: "zinc|lead" }] as const;

  expect(
    scope('up{juju_application="zinc"} unless on (a) up{juju_application="lead"}', "strict", several),
  ).toMatchObject({ ok: true });
  expect(scope('up{juju_application="tin"}', "strict", several)).toMatchObject({ ok: false });
});

test("compatible mode keeps what a foreign charm's own scoping wrote, and says so", () => {
  expect(scope('up{juju_application="lead"} + zinc', "compatible")).toMatchObject({
    ok: true,
    text: `up{juju_application="lead",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"} + zinc{${OURS}}`,
    kept: [{ name: "juju_application", op: "=", value: "lead" }],
    problems: [{ code: "QUERY_MATCHER_KEPT", severity: "info" }],
  });
});

const label = fc.constantFrom("a", "job", "le", "on", "sum");
const selector = fc
  .record({
    metric: fc.constantFrom("zinc", "lead:rate5m", "sum"),
    matchers: fc.array(fc.tuple(label, fc.constantFrom("=", "!="), fc.string({ unit: "binary" })), {
      maxLength: 3,
    }),
  })
  .map(
    ({ metric, matchers }) =>
      `${metric}{ ${matchers.map(([name, op, value]) => `${name} ${op} ${quote(value)}`).join(" , ")}}`,
  );
const { vector } = fc.letrec<{ vector: string; scalar: string }>((tie) => ({
  scalar: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("1", "5m", "time()"),
    tie("vector").map((v) => `scalar(${v})`),
  ),
  vector: fc.oneof(
    { maxDepth: 5 },
    selector,
    selector.map((s) => `rate(${s}[5m] offset 1h)`),
    tie("vector").map((v) => `sum by (a, juju_unit) (${v}) # "}`.concat("\n")),
    tie("vector").map((v) => `max_over_time((${v})[1h:5m] @ end())`),
    fc
      .tuple(
        tie("vector"),
        fc.constantFrom("+", "== bool", "and on (a)", "/ ignoring (b) group_left (c)"),
        tie("vector"),
      )
      .map(([l, op, r]) => `${l} ${op} (${r})`),
    fc
      .tuple(tie("scalar"), tie("vector"))
      .map(([s, v]) => `topk(${s}, label_replace(${v}, "a", "{$1}", "b", "(.*)"))`),
    fc.tuple(tie("vector"), tie("scalar")).map(([v, s]) => `-${v} ^ ${s}`),
  ),
}));
const value = fc
  .string({ unit: "binary" })
  .map((text) => text.toWellFormed().replaceAll("\uFFFD", "") || "x");

test("gives each selector of any expression exactly our matchers beside its author's, once", () => {
  fc.assert(
    fc.property(vector, value, (text, model) => {
      const matchers = [{ name: "juju_model", op: "=", value: model }] as const;
      const before = parsePromql(text);
      const scoped = scope(text, "strict", matchers);
      if (!before.ok || !scoped.ok) throw new Error(`${text}: ${JSON.stringify([before, scoped])}`);
      const after = listSelectors(scoped.expression);

      expect(after.map(({ metric, range }) => ({ metric, range }))).toEqual(
        listSelectors(before.expression).map(({ metric, range }) => ({ metric, range })),
      );
      for (const [index, { matchers: now }] of after.entries()) {
        const authors = listSelectors(before.expression)[index]?.matchers ?? [];
        expect(now.filter((one) => one.name !== "juju_model")).toHaveLength(authors.length);
        expect(now.filter((one) => one.name === "juju_model")).toEqual(matchers);
      }
      expect(scope(scoped.text, "strict", matchers)).toMatchObject({ ok: true, text: scoped.text });
    }),
    { numRuns: 300 },
  );
});

test("an identity can stand in for another, whose own matchers go", () => {
  const parsed = parsePromql(`sum(x{a="1",${OURS}}) / up{juju_unit="zinc/0",${OURS}} + y`);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const matchers: MatcherSet = [{ name: "job", op: "=", value: "theirs" }];
  const unit = { name: "juju_unit", op: "=", value: "zinc/0" } as const;

  expect(
    scopePromql(parsed.expression, { matchers, mode: "strict", insteadOf: [...zinc, unit] }),
  ).toMatchObject({ ok: true, text: 'sum(x{a="1",job="theirs"}) / up{job="theirs"} + y{job="theirs"}' });
  expect(scopePromql(parsed.expression, { matchers, mode: "strict", insteadOf: zinc })).toMatchObject({
    ok: false,
    problems: [{ code: "QUERY_FOREIGN_IDENTITY" }],
  });
});
