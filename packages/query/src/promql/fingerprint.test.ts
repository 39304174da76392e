import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import type { FingerprintOptions } from "./fingerprint.ts";
import { parsePromql } from "./parse-promql.ts";

function of(text: string, options?: FingerprintOptions): string {
  const parsed = parsePromql(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return fingerprint(parsed.expression, options);
}

const ours = (label: string): boolean => label.startsWith("juju_") || label === "job";

test.for([
  ["up==0", "( up == 0 )"],
  ['up{a="1",b=~"x"}', 'up{b=~"x", a="1", a="1"}'],
  ["rate(x[5m])", "rate(x[300s]) # as before"],
  ["sum(x)", "sum by () (x)"],
  ["a * on (y, z) group_left b", "a * on (z, y) group_left b"],
  ["x > 1", "x > 1.0"],
] as const)("%s and %s ask the same", ([a, b]) => {
  expect(of(a)).toBe(of(b));
});

test.for([
  ["up == 0", "up == 1"],
  ["a - b", "b - a"],
  ["(a + b) * c", "a + b * c"],
  ["rate(x[5m])", "rate(x[6m])"],
  ["sum by (a) (x)", "sum without (a) (x)"],
  ["a * on (y) b", "a * ignoring (y) b"],
  ['up{a="1"}', 'up{a!="1"}'],
  ["x offset 5m", "x"],
] as const)("%s and %s do not", ([a, b]) => {
  expect(of(a)).not.toBe(of(b));
});

test("labels and numbers can be left out of account", () => {
  const scoped = 'sum by (juju_model, code) (rate(x_total{juju_application="zinc",code="500"}[5m])) > 0.1';
  const theirs = 'sum by (code) (rate(x_total{code="500",job="zinc"}[5m])) > 0.2';

  expect(of(scoped, { ignores: ours })).not.toBe(of(theirs, { ignores: ours }));
  expect(of(scoped, { ignores: ours, withoutNumbers: true })).toBe(
    of(theirs, { ignores: ours, withoutNumbers: true }),
  );
  expect(of('sum by (juju_model) (x{juju_application="a"})', { ignores: ours })).toBe(
    of("sum(x)", { ignores: ours }),
  );
});
