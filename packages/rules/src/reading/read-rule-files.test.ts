import { expect, test } from "vitest";
import { readRuleFiles } from "./read-rule-files.ts";

const identifier = "obs_7a3c1f0e_zinc";
const RULE = "{ alert: A, expr: up }";

test("reads groups and single rules, in the order of their paths' components, named for where they stand", () => {
  const { groups, problems } = readRuleFiles(
    {
      "a-b/x.rules": `groups: [{ name: two, rules: [${RULE}] }]`,
      "a/x.rule": RULE,
      "db/slow-q/idx.rule": RULE,
      "db/many.rules":
        "groups: [{ name: alpha beta, rules: [] }, { name: obs_7a3c1f0e_other_thing_rules, rules: [] }]",
      "README.md": "not a rule file",
    },
    { identifier },
  );

  expect(problems).toEqual([]);
  expect(groups.map(({ name }) => name)).toEqual([
    "obs_7a3c1f0e_zinc_a_x_rules",
    "obs_7a3c1f0e_zinc_a_b_two_rules",
    "obs_7a3c1f0e_zinc_db_alpha_beta_rules",
    "obs_7a3c1f0e_other_thing_rules",
    "obs_7a3c1f0e_zinc_db_slow_q_idx_rules",
  ]);
});

test.for([
  { what: "is not YAML", text: "groups:\n- name: g\n  rules:\n   - alert: A\n  expr: |\n up", line: 6 },
  { what: "has an alias", text: "groups: [{ name: &n g, rules: [{ alert: *n, expr: up }] }]" },
  { what: "has two documents", text: `${RULE}\n---\n${RULE}` },
  { what: "has a key twice", text: "{ alert: A, alert: B, expr: up }" },
  { what: "holds something else", text: "just text" },
  { what: "holds nothing", text: "" },
  { what: "is too large", text: `# ${"x".repeat(300_000)}\n${RULE}` },
  { what: "is nested without end", text: "[".repeat(100_000) },
])("a file that $what is left out alone", ({ text, line }) => {
  const { groups, problems } = readRuleFiles({ "a.yaml": text, "b.yaml": RULE });

  expect(groups.map(({ name }) => name)).toEqual(["b_rules"]);
  expect(problems).toMatchObject([
    { code: "RULES_FILE_INVALID", origin: { file: "a.yaml", ...(line !== undefined && { line }) } },
  ]);
});

test.for([
  { what: "has no name", group: `{ rules: [${RULE}] }`, code: "RULES_GROUP_INVALID", left: 1 },
  {
    what: "has an unknown key",
    group: `{ name: x, every: 1m, rules: [${RULE}] }`,
    code: "RULES_GROUP_INVALID",
    left: 1,
  },
  {
    what: "asks for a tiny interval",
    group: `{ name: x, interval: 1ms, rules: [${RULE}] }`,
    code: "RULES_GROUP_SETTING",
    left: 2,
  },
  {
    what: "bears another's name",
    group: `{ name: good, rules: [${RULE}] }`,
    code: "RULES_GROUP_RENAMED",
    left: 2,
  },
])("a group that $what harms no other", ({ group, code, left }) => {
  const { groups, problems } = readRuleFiles({
    "a.yaml": `groups: [{ name: good, interval: 1m, rules: [${RULE}] }, ${group}]`,
  });

  expect(groups).toHaveLength(left);
  expect(groups[0]).toMatchObject({ name: "good_rules", interval: "1m" });
  expect(new Set(groups.map(({ name }) => name)).size).toBe(left);
  expect(problems.map((found) => found.code)).toEqual([code]);
});

test("a group's labels go to its rules, which may say otherwise", () => {
  const { groups } = readRuleFiles({
    "a.yaml": `groups: [{ name: g, labels: { a: "1", b: "2" }, rules: [{ alert: A, expr: up, labels: { b: 3 } }] }]`,
  });

  expect(groups[0]?.rules[0]?.labels).toEqual({ a: "1", b: "3" });
});
