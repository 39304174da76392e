import { readdirSync, readFileSync } from "node:fs";
import { parsePromql, scopePromql } from "@orrery/query";
import {
  checkTemplate,
  hostHealth,
  presenceRules,
  readRuleFiles,
  renderRuleGroups,
  scopeRules,
} from "@orrery/rules";
import { topologyMatchers } from "@orrery/topology";
import { beforeAll, expect, test } from "vitest";
import { checkRules, findPromtool } from "./promtool.ts";

const topology = {
  model: 'o"b\\s{{é',
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "zinc",
  charm: "zinc-k8s",
};
const root = new URL("../../", import.meta.url);
const CHARMS = [
  "products/storefront",
  "products/machine",
  "stack/orrery",
  "stack/loki",
  "stack/opentelemetry-collector",
];

let promtool: string;
beforeAll(async () => {
  promtool = await findPromtool();
});

test.for(CHARMS)("the rules of %s go out whole, and promtool accepts them", (charm) => {
  const folder = new URL(`charms/${charm}/rules/`, root);
  const files = Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
  );
  const read = readRuleFiles(files, { identifier: "obs_7a3c1f0e_zinc" });
  const scoped = scopeRules(read.groups, { topology, mode: "strict", owner: "a-team" });

  expect([...read.problems, ...scoped.problems]).toEqual([]);
  expect(checkRules(promtool, renderRuleGroups(scoped.groups, { keepFiringFor: true }))).toBe("");
});

test("promtool accepts the generic rules", () => {
  const groups = [hostHealth(topology), presenceRules(topology, ["zinc/0", "zinc/1"])];
  const scoped = scopeRules(groups, { topology, mode: "strict" });

  expect(checkRules(promtool, renderRuleGroups(scoped.groups, { keepFiringFor: true }))).toBe("");
});

test("promtool accepts every expression of the corpus that it accepted before, once it is scoped", () => {
  const fixture = new URL("packages/query/test/fixtures/promtool-verdicts.json", root);
  const { verdicts }: { verdicts: readonly { text: string }[] } = JSON.parse(readFileSync(fixture, "utf8"));
  const groups = verdicts.flatMap(({ text }, index) => {
    const parsed = parsePromql(text);
    if (!parsed.ok) return [];
    const scoped = scopePromql(parsed.expression, { matchers: topologyMatchers(topology), mode: "strict" });
    return scoped.ok ? [{ name: `e${index}`, rules: [{ record: "r", expr: scoped.text }] }] : [];
  });

  expect(groups.length).toBeGreaterThan(200);
  expect(checkRules(promtool, { groups })).toBe("");
});

test("promtool refuses every template that the check refuses for its form, and takes every one that passes", () => {
  const templates = [
    "{{ $value }}",
    "{{- $labels.a | humanize -}}",
    "{{ range $k, $v := $labels }}{{ $k }}{{ end }}",
    "{{ if eq $labels.a `b` }}x{{ else if true }}y{{ else }}z{{ end }}",
    "{{ with query `up` }}{{ . | first | value }}{{ end }}",
    "{{ define `a` }}x{{ end }}{{ template `a` . }}",
    "{{/* aside */}}{{ ($labels.a | title) }}",
    "{{ $x := 1 }}{{ $x = 2 }}{{ $x }}",
    "{{ $labels.a.b }}",
    "{{ .Labels.a }}",
    "{{ 1 2 }}",
    "{{ $nope }}",
    "{{ nope }}",
    "{{ $value",
    "{{ if $value }}",
    "{{ end }}",
    "{{ }}",
    "{{ if }}{{ end }}",
    "{{ $value | 1 }}",
    "{{ ($value }}",
    "{{ $value) }}",
    "{{ else }}",
    "{{ with $x := 1 }}{{ end }}{{ $x }}",
    "{{ break }}",
    "{{ range $labels }}{{ break }}{{ end }}",
    "{{ 'a' }}{{ \"b\" }}{{ 0x1f }}{{ 1e3 }}",
    '{{ "a }}',
    "{{ $value:x }}",
    "{{ humanize$value }}",
    "{{ toTime $value | print }}",
    "}} {{ `{{` }} }}",
  ];
  const ours = templates.filter((text) => checkTemplate(text, "compatible") === undefined);
  const theirs = templates.filter((text) => {
    const rule = { alert: "A", expr: "up", annotations: { a: text } };
    return checkRules(promtool, { groups: [{ name: "g", rules: [rule] }] }) === "";
  });

  expect(ours).toEqual(theirs);
});
