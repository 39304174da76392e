import { expect, test } from "vitest";
import { parsePromql } from "./parse-promql.ts";
import { renameLabels } from "./rename-labels.ts";

const NAMES = { juju_model: "o_model", juju_unit: "o_unit" };

function rename(text: string): string | undefined {
  const parsed = parsePromql(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return renameLabels(parsed.expression, NAMES)?.text;
}

test.for([
  ['up{juju_model="a", x="juju_model"}', 'up{o_model="a",x="juju_model"}'],
  ["up{x='y'}  <  1", "up{x='y'}  <  1"],
  ["sum by (juju_unit, le) (x) # juju_x", "sum by (o_unit, le) (x) # juju_x"],
  [
    "a * on (juju_model, juju_unit) group_left (juju_charm) b",
    "a * on (o_model, o_unit) group_left (juju_charm) b",
  ],
  ['count by ("juju_unit") (x)', 'count by ("o_unit") (x)'],
  [
    'label_replace(x, "dst", "$1", "juju_unit", "(.*)/.*")',
    'label_replace(x, "dst", "$1", "o_unit", "(.*)/.*")',
  ],
  [
    'label_join(x, "dst", "-", "juju_model", ("juju_unit"))',
    'label_join(x, "dst", "-", "o_model", ("o_unit"))',
  ],
  ["juju_models + my_juju_unit", "juju_models + my_juju_unit"],
] as const)("%s becomes %s", ([text, wanted]) => {
  expect(rename(text)).toBe(wanted);
});

test("what could mean something else after it is not renamed at all", () => {
  expect(rename("juju_model")).toBeUndefined();
  expect(rename('sum by (juju_unit) ({__name__="x"} * juju_unit)')).toBeUndefined();
});
