import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hostHealth, presenceRules } from "../generic/host-health.ts";
import { readRuleFiles } from "../reading/read-rule-files.ts";
import { readRuleGroups } from "../reading/read-rule-groups.ts";
import { renderRuleGroups } from "../rendering/render-rule-groups.ts";
import type { ScopeRulesOptions } from "./scope-rules.ts";
import { scopeRules } from "./scope-rules.ts";

const topology = {
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "zinc",
  unit: "zinc/0",
  charm: "zinc-k8s",
};
const OURS =
  'juju_application="zinc",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"';
const IDENTITY = {
  juju_model: "obs",
  juju_model_uuid: topology.modelUuid,
  juju_application: "zinc",
  juju_charm: "zinc-k8s",
};

function scopeText(
  text: string,
  options: Partial<ScopeRulesOptions> = {},
): { readonly rules: readonly unknown[]; readonly codes: readonly string[] } {
  const read = readRuleFiles({ "a.rules": text });
  const scoped = scopeRules(read.groups, { topology, mode: "strict", ...options });
  const rendered = renderRuleGroups(scoped.groups, { keepFiringFor: true });
  return {
    rules: rendered.groups.flatMap((group) => group.rules),
    codes: [...read.problems, ...scoped.problems].map(({ code }) => code),
  };
}

test("an alert goes out tuned, scoped, labelled last and with what to do", () => {
  const text = `
alert: HighErrors
expr: rate(zinc_errors_total{%%juju_topology%%, code=~"5.."}[%%window%%]) > %%threshold%%
labels: { severity: "%%severity%%", team: web }
parameters: { threshold: { type: number, default: 0.05 }, window: 5m, for: 10m, severity: critical }
summary: Errors above %%threshold%% on {{ $labels.instance }}
evidence: sum by (code) (rate(zinc_errors_total[5m]))
next: Look at the last change.
`;
  const { rules, codes } = scopeText(text, {
    overrides: { HighErrors: { threshold: 0.2, for: "1m" } },
    owner: "web-team",
  });

  expect(codes).toEqual([]);
  expect(rules).toEqual([
    {
      alert: "HighErrors",
      expr: `rate(zinc_errors_total{code=~"5..",${OURS}}[5m]) > 0.2`,
      for: "1m",
      labels: { severity: "critical", team: "web", ...IDENTITY },
      annotations: {
        summary: "Errors above 0.2 on {{ $labels.instance }}",
        owner: "web-team",
        evidence: `sum by (code) (rate(zinc_errors_total{${OURS}}[5m]))`,
        next_step: "Look at the last change.",
        value: "{{ $value | humanize }}",
      },
    },
  ]);
  expect(Object.keys(Object(rules[0]).labels).slice(-4)).toEqual(Object.keys(IDENTITY));
});

test("evidence can't become a template, and bad evidence costs the evidence alone", () => {
  const sly = scopeText(
    `{ alert: A, expr: up, evidence: 'label_replace(up, "a", "{{ query \\"up\\" }}", "", "")' }`,
  );
  const broken = scopeText(`{ alert: A, expr: up, evidence: "up{juju_model='x'}" }`);

  expect(sly.rules).toMatchObject([
    { annotations: { evidence: expect.stringContaining(String.raw`"{{ "{{" }} query \"up\" }}"`) } },
  ]);
  expect(broken).toEqual({
    rules: [{ alert: "A", expr: `up{${OURS}}`, labels: IDENTITY }],
    codes: ["QUERY_FOREIGN_IDENTITY"],
  });
});

test("an identity can't become a template of an alert", () => {
  const { rules } = scopeText("{ alert: A, expr: up }", {
    topology: { ...topology, charm: '{{ query "up" }}' },
  });

  expect(rules).toMatchObject([{ labels: { juju_charm: '{{ "{{" }} query "up" }}' } }]);
});

test.for([
  { what: "does not parse", rule: "{ alert: A, expr: 'rate(' }", code: "QUERY_SYNTAX" },
  { what: "does not type", rule: "{ alert: A, expr: rate(up) }", code: "QUERY_TYPE" },
  { what: "yields no vector", rule: "{ alert: A, expr: 'up[5m]' }", code: "QUERY_TYPE" },
  {
    what: "reads another's series",
    rule: `{ alert: A, expr: 'up{juju_application="lead"}' }`,
    code: "QUERY_FOREIGN_IDENTITY",
  },
  {
    what: "claims another's identity",
    rule: "{ alert: A, expr: up, labels: { juju_unit: lead/0 } }",
    code: "RULE_FOREIGN_IDENTITY",
  },
  {
    what: "queries in an annotation",
    rule: `{ alert: A, expr: up, annotations: { a: '{{ query "up" }}' } }`,
    code: "RULE_TEMPLATE",
  },
  {
    what: "has a broken template in a label",
    rule: "{ alert: A, expr: up, labels: { a: '{{ $x' } }",
    code: "RULE_TEMPLATE",
  },
  { what: "has a bad duration", rule: "{ alert: A, expr: up, for: soon }", code: "RULE_INVALID" },
  { what: "has a bad label name", rule: "{ alert: A, expr: up, labels: { a-b: c } }", code: "RULE_INVALID" },
  { what: "records under a bad name", rule: "{ record: a-b, expr: up }", code: "RULE_INVALID" },
  { what: "records and waits", rule: "{ record: a, expr: up, for: 5m }", code: "RULE_INVALID" },
  { what: "records and alerts", rule: "{ record: a, alert: b, expr: up }", code: "RULE_INVALID" },
  { what: "has an unknown key", rule: "{ alert: A, expr: up, exprs: up }", code: "RULE_INVALID" },
  { what: "has no expression", rule: "{ alert: A }", code: "RULE_INVALID" },
  {
    what: "uses an undeclared parameter",
    rule: "{ alert: A, expr: up > %%threshold%% }",
    code: "RULE_PARAMETER_INVALID",
  },
])("a rule that $what is left out alone", ({ rule, code }) => {
  const { rules, codes } = scopeText(
    `groups: [{ name: g, rules: [{ record: before, expr: up }, ${rule}, { record: after, expr: up }] }]`,
  );

  expect(rules).toMatchObject([{ record: "before" }, { record: "after" }]);
  expect(codes).toEqual([code]);
});

test("a problem names file, line, rule and place", () => {
  const read = readRuleFiles({
    "db/slow.yaml":
      "groups:\n  - name: g\n    rules:\n      - record: ok\n        expr: up\n      - alert: Bad\n        expr: rate(up)\n",
  });
  const { problems } = scopeRules(read.groups, { topology, mode: "strict" });

  expect(problems).toMatchObject([
    {
      message: expect.stringContaining("at 1:6"),
      origin: { file: "db/slow.yaml", line: 6, column: 9, item: "Bad", index: 1 },
    },
  ]);
});

test("compatible mode keeps a foreign charm's own scoping and labels, and says so", () => {
  const group = {
    name: "obs_7a3c1f0e_lead_x_rules",
    rules: [
      {
        alert: "A",
        expr: 'up{juju_application="lead"} < 1',
        labels: { juju_application: "lead" },
        annotations: { a: '{{ query "up" }}' },
      },
    ],
  };
  const scoped = scopeRules(readRuleGroups([group], { origin: {} }).groups, { topology, mode: "compatible" });

  expect(renderRuleGroups(scoped.groups, { keepFiringFor: true }).groups).toEqual([
    {
      name: "obs_7a3c1f0e_lead_x_rules",
      rules: [
        {
          alert: "A",
          expr: `up{juju_application="lead",juju_model="obs",juju_model_uuid="${topology.modelUuid}"} < 1`,
          labels: { ...IDENTITY, juju_application: "lead" },
          annotations: { a: '{{ query "up" }}' },
        },
      ],
    },
  ]);
  expect(scoped.problems.map(({ code }) => code).toSorted()).toEqual([
    "QUERY_MATCHER_KEPT",
    "RULE_IDENTITY_KEPT",
  ]);
});

test("a critical alert without a next step goes out with a warning", () => {
  const { rules, codes } = scopeText("{ alert: A, expr: up, labels: { severity: critical } }");

  expect(rules).toHaveLength(1);
  expect(codes).toEqual(["RULE_NO_NEXT_STEP"]);
});

test("an override that fits nothing is reported and the default stays", () => {
  const { rules, codes } = scopeText(
    "{ alert: A, expr: up > %%threshold%%, parameters: { threshold: { type: number, default: 3, maximum: 5 } } }",
    {
      overrides: { A: { threshold: 7, wait: 1 }, Gone: { threshold: 1 } },
    },
  );

  expect(rules).toMatchObject([{ expr: `up{${OURS}} > 3` }]);
  expect(codes).toEqual(["RULE_OVERRIDE_INVALID", "RULE_OVERRIDE_INVALID", "RULE_OVERRIDE_INVALID"]);
});

test("host health and presence are scoped like any rule, and presence keeps the unit", () => {
  const groups = [hostHealth(topology), presenceRules(topology, ["zinc/0", "zinc/1"])];
  const { groups: scoped, problems } = scopeRules(groups, {
    topology,
    mode: "strict",
    overrides: { HostDown: { for: "30s" } },
  });
  const [health, presence] = renderRuleGroups(scoped, { keepFiringFor: true }).groups;

  expect(problems).toEqual([]);
  expect(health).toMatchObject({
    name: "obs_7a3c1f0e_zinc_HostHealth_rules",
    rules: [
      {
        alert: "HostDown",
        expr: `up{${OURS}} < 1`,
        for: "30s",
        labels: { severity: "critical", ...IDENTITY },
      },
      {
        alert: "HostMetricsMissing",
        expr: `absent(up{${OURS}})`,
        for: "5m",
        labels: { severity: "warning", ...IDENTITY },
      },
    ],
  });
  expect(presence?.rules).toMatchObject([
    {
      alert: "UnitMetricsMissing",
      expr: `absent(up{${OURS},juju_unit="zinc/0"} == 1)`,
      labels: { ...IDENTITY, juju_unit: "zinc/0" },
    },
    { expr: `absent(up{${OURS},juju_unit="zinc/1"} == 1)`, labels: { juju_unit: "zinc/1" } },
  ]);
});

test("rules past the contributor's tokens are left out and told, whether those before could be read or not", () => {
  const rules = ["lead > 1", "lead +", "tin > 1", "zinc > 1"].map((expr, at) => ({ record: `a${at}`, expr }));
  const budget = { left: 25 };
  const { groups } = readRuleGroups([{ name: "g", rules }], { origin: {} });
  const scoped = scopeRules(groups, { topology, mode: "strict", budget });

  // Each is 3 tokens, and 16 once it is scoped; what does not parse costs its own 2.
  expect(scoped.groups.flatMap((group) => group.rules.map(({ origin }) => origin.item))).toEqual([
    "a0",
    "a2",
  ]);
  expect(scoped.problems).toMatchObject([
    { code: "QUERY_SYNTAX", origin: { item: "a1" } },
    { code: "RULES_TOO_MANY", origin: { item: "a3" } },
  ]);
});

test("what stands in for the topology replaces what rules bear of it, and the labels stay", () => {
  const read = readRuleGroups([{ name: "g", rules: [absence(), absence("zinc/1")] }], { origin: {} });
  const groups = read.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule, index) => (index === 1 ? { ...rule, unit: "zinc/1" } : rule)),
  }));
  const job = { name: "job", op: "=", value: "theirs" } as const;
  const scoped = scopeRules(groups, {
    topology,
    mode: "strict",
    matchers: [job],
    standIn: { units: { "zinc/1": [job, { name: "instance", op: "=", value: "b:1" }] } },
  });

  expect(scoped.problems).toEqual([]);
  expect(renderRuleGroups(scoped.groups, { keepFiringFor: true }).groups).toMatchObject([
    {
      rules: [
        { expr: 'absent(up{job="theirs"})', labels: IDENTITY },
        { expr: 'absent(up{instance="b:1",job="theirs"})', labels: { ...IDENTITY, juju_unit: "zinc/1" } },
      ],
    },
  ]);
});

/** An alert of one unit, or of all, as its sender has scoped it. */
function absence(unit?: string) {
  return {
    alert: "A",
    expr: `absent(up{${OURS}${unit === undefined ? "" : `,juju_unit="${unit}"`}})`,
    labels: unit === undefined ? {} : { juju_unit: unit },
  };
}

/** Each rule that goes out, as text. */
function out(rules: readonly unknown[]): ReadonlySet<string> {
  const read = readRuleGroups([{ name: "g", rules }], { origin: {} });
  const scoped = scopeRules(read.groups, { topology, mode: "strict" });
  const rendered = renderRuleGroups(scoped.groups, { keepFiringFor: true });
  return new Set(rendered.groups.flatMap((group) => group.rules.map((rule) => JSON.stringify(rule))));
}

const good = fc.constantFrom(
  { record: "zinc:rate5m", expr: "rate(zinc_total[5m])" },
  { alert: "Slow", expr: "zinc_seconds > 1", for: "5m", annotations: { a: "{{ $value }}" } },
  { alert: "Many", expr: "zinc > %%threshold%%", parameters: { threshold: 3 }, evidence: "zinc" },
);
const bad = fc.oneof(
  fc.jsonValue(),
  fc.record({
    alert: fc.string(),
    expr: fc.string(),
    labels: fc.jsonValue(),
    annotations: fc.dictionary(fc.string(), fc.string()),
  }),
  fc.record({
    alert: fc.constant("X"),
    expr: fc.constantFrom("up{juju_model='x'}", "rate(up)", "up +", "", "info(up)"),
  }),
  fc.record({
    record: fc.constantFrom("a b", "__proto__"),
    expr: fc.constant("up{"),
    parameters: fc.jsonValue(),
  }),
);

test("broken rules among good ones change no byte of what the good ones become", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          good.map((rule) => ({ rule, isGood: true })),
          bad.map((rule) => ({ rule, isGood: false })),
        ),
      ),
      (mixed) => {
        const among = out(mixed.map(({ rule }) => rule));
        const alone = out(mixed.filter(({ isGood }) => isGood).map(({ rule }) => rule));
        expect([...alone].filter((rule) => !among.has(rule))).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
