import { spawnSync } from "node:child_process";
import { topologyMatchers } from "@orrery/topology";
import { parsePromql, scopePromql } from "../src/index.ts";

// Scoping an expression, against reading it as JSON and against a process for each, as the field's tools have it.
const EXPRESSIONS = [
  "up < 1",
  'rate(zinc_total{job="j"}[5m]) > 0.5',
  'histogram_quantile(0.99, sum by (le, handler) (rate(zinc_duration_seconds_bucket{handler!="/x"}[5m]))) > 1',
  'sum by (code) (rate(zinc_total{code=~"5.."}[5m])) / ignoring (code) group_left sum(rate(zinc_total[5m])) > 0.05',
];
const matchers = topologyMatchers({
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "zinc",
});
const ROUNDS = 5_000;

/** Microseconds an expression, after as many rounds to warm up. */
function measure(work: (text: string) => unknown): number {
  let start = 0;
  for (let round = 0; round < ROUNDS * 2; round++) {
    if (round === ROUNDS) start = performance.now();
    for (const text of EXPRESSIONS) work(text);
  }
  return ((performance.now() - start) * 1_000) / (ROUNDS * EXPRESSIONS.length);
}

function scope(text: string): boolean {
  const parsed = parsePromql(text);
  return parsed.ok && scopePromql(parsed.expression, { matchers, mode: "strict" }).ok;
}

const asJson = new Map(EXPRESSIONS.map((text) => [text, JSON.stringify(text)]));
const json = measure((text) => JSON.parse(asJson.get(text) ?? "") as unknown);
const parse = measure((text) => parsePromql(text));
const scoping = measure(scope);
const started = performance.now();
const processes = 50;
for (let count = 0; count < processes; count++) spawnSync("/bin/true");
const processEach = ((performance.now() - started) * 1_000) / processes;

const row = (what: string, microseconds: number): string =>
  `${what.padEnd(44)} ${microseconds.toFixed(1).padStart(9)} µs  ${(scoping / microseconds).toFixed(3).padStart(9)}`;
console.log(`${"an expression".padEnd(44)} ${"time".padStart(12)}  ${"ours ÷ it".padStart(9)}`);
console.log(row("parse, type-check, scope, read back (ours)", scoping));
console.log(row("parse and type-check alone (ours)", parse));
console.log(row("JSON.parse of its text", json));
console.log(row("an empty process for each", processEach));
