import { expect, test } from "vitest";
import { readRules } from "./read-rules.ts";

const identity = { model: "obs", modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713", application: "zinc" };
const scope = { identity, units: ["zinc/0"], scoping: "strict", origin: { relation: 2 } } as const;

test("a bag full of expressions is read up to a bound, and what is past it is told", () => {
  const rules = Array.from({ length: 600 }, (_, at) => ({
    record: `sum${at}`,
    expr: `${at}${"+1".repeat(400)}`,
  }));
  const { value, problems } = readRules([{ name: "long", rules }], scope);

  const taken = value.reduce((sum, group) => sum + group.rules.length, 0);
  expect(taken).toBeGreaterThan(400);
  expect(problems).toHaveLength(600 - taken);
  expect(problems[0]).toMatchObject({
    code: "RULES_TOO_MANY",
    origin: { relation: 2, item: `sum${taken}` },
  });
});
