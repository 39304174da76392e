import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Parameter } from "../model/parameter.ts";
import type { AlertRule, RuleGroup } from "../model/rule-group.ts";
import { bindParameters } from "./bind-parameters.ts";
import { listParameters } from "./list-parameters.ts";
import { readParameters } from "./read-parameters.ts";

function alertWith(parameters: Readonly<Record<string, Parameter>>, expr = "up"): AlertRule {
  return {
    kind: "alert",
    alert: "HTTPErrorRate",
    expr,
    labels: {},
    annotations: {},
    parameters,
    origin: { item: "HTTPErrorRate" },
  };
}

function groupOf(...rules: readonly AlertRule[]): readonly RuleGroup[] {
  return [{ name: "g", rules, origin: {} }];
}

test("no override puts anything but a value of its type into an expression", () => {
  const parameters: Readonly<Record<string, Parameter>> = {
    number: { type: "number", default: 1 },
    window: { type: "duration", default: "5m" },
    word: { type: "severity", default: "info" },
  };
  const anything = fc.oneof(
    fc.double(),
    fc.string(),
    fc.constantFrom("1) or vector(1", "5m] or up[5m", "1e3", "-3", "1h30m", "critical"),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("number", "window", "word"), anything), (overrides) => {
      const { rule } = bindParameters(alertWith(parameters, "%%number%%|%%window%%|%%word%%"), overrides);
      expect(rule.expr).toMatch(/^\(?-?[\de.+-]+\)?\|(?:\d+(?:ms|[ywdhms]))+\|(?:critical|warning|info)$/);
    }),
  );
});

test("a negative number stays one operand", () => {
  expect(
    bindParameters(alertWith({ t: { type: "number", default: -2 } }, "up - %%t%% ^ 2"), {}).rule.expr,
  ).toBe("up - (-2) ^ 2");
});

test("for and severity take effect where the rule says neither", () => {
  const parameters: Readonly<Record<string, Parameter>> = {
    for: { type: "duration", default: "5m" },
    severity: { type: "severity", default: "warning" },
  };

  expect(bindParameters(alertWith(parameters), { for: "0s" })).toMatchObject({
    rule: { for: "0s", labels: { severity: "warning" } },
    problems: [],
  });
});

test("a parameter without effect is pointed out", () => {
  expect(bindParameters(alertWith({ t: { type: "number", default: 1 } }), {}).problems).toMatchObject([
    { code: "RULE_PARAMETER_UNUSED" },
  ]);
});

test("a default alone tells the type", () => {
  expect(readParameters({ threshold: 0.5, for: "5m", severity: "critical" })).toEqual({
    parameters: {
      threshold: { type: "number", default: 0.5 },
      for: { type: "duration", default: "5m" },
      severity: { type: "severity", default: "critical" },
    },
    reasons: [],
  });
});

test.for([
  {
    written: { a: { type: "number", default: 2, maximum: 1 } },
    reason: "has a default that does not fit: 2 is more than 1",
  },
  {
    written: { a: { type: "duration", default: "soon" } },
    reason: 'has a default that does not fit: "soon" is not a duration such as 5m',
  },
  {
    written: { a: { type: "text", default: "x" } },
    reason: 'has the type "text", not number, duration or severity',
  },
  {
    written: { a: { type: "number", default: 1, unti: "s" } },
    reason: 'has the key "unti", not one of type, default, minimum, maximum, unit, description',
  },
  {
    written: { a: { type: "number", default: 1, minimum: "0" } },
    reason: 'has the minimum "0", which is of another type',
  },
])("refuses a declaration that $reason", ({ written, reason }) => {
  expect(readParameters(written)).toEqual({ parameters: {}, reasons: [`parameter "a" ${reason}`] });
});

test("parameters become options of the charm, one for rules of one name", () => {
  const rule = alertWith({ threshold: { type: "number", default: 1 } });
  const other = alertWith({ threshold: { type: "number", default: 2 } });
  expect(listParameters(groupOf(rule, rule))).toMatchObject({
    parameters: [{ option: "http-error-rate-threshold", rule: "HTTPErrorRate", name: "threshold" }],
    problems: [],
  });
  expect(listParameters(groupOf(rule, other)).problems).toMatchObject([{ code: "RULE_PARAMETER_CLASH" }]);
});
