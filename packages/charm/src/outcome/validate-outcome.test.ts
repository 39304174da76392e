import { isAbsolute, posix } from "node:path";
import * as fc from "fast-check";
import type { FromSchema } from "json-schema-to-ts";
import { expect, expectTypeOf, test } from "vitest";
import type { Outcome } from "./outcome.ts";
import type { outcomeSchema } from "./outcome-schema.ts";
import { validateOutcome } from "./validate-outcome.ts";

const least: Outcome = {
  protocol: 1,
  status: { status: "active", message: "" },
  bags: {},
  containers: {},
  materials: {},
  secrets: {},
  openedPorts: [],
  deadlines: [],
  external: {},
  problems: [],
  expectations: [],
};

test("everything the schema accepts is an Outcome in its outer form", () => {
  type Accepted = FromSchema<typeof outcomeSchema>;
  expectTypeOf<Accepted["status"]>().toExtend<Outcome["status"]>();
  expectTypeOf<Accepted["deadlines"]>().toExtend<Outcome["deadlines"]>();
  expectTypeOf<keyof Accepted>().toEqualTypeOf<keyof Outcome>();
  expect(validateOutcome(least)).toBe(least);
});

test("no path that is accepted leads out of its folder", () => {
  const part = fc.constantFrom(
    "..",
    ".",
    "",
    "a",
    "b.yml",
    "_x",
    "~",
    "%2e%2e",
    "\\",
    "..\\",
    " ",
    "\u0000",
    "C:",
    "-rf",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/")),
        fc.string(),
      ),
      (path) => {
        const outcome = { ...least, containers: { c: { services: {}, files: { [path]: { content: "" } } } } };
        let accepted = true;
        try {
          validateOutcome(outcome);
        } catch {
          accepted = false;
        }
        const full = posix.resolve("/root", path);
        const inside = full.startsWith("/root/") && full === `/root/${path}` && !isAbsolute(path);
        expect(accepted && !inside).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test.for<{ what: string; outcome: unknown; told: string }>([
  { what: "nothing", outcome: undefined, told: "/ must be object" },
  {
    what: "a status that is none",
    outcome: { ...least, status: { status: "great", message: "" } },
    told: "/status/status must be equal to one of the allowed values (active",
  },
  {
    what: "a bag that holds a number",
    outcome: { ...least, bags: { "1": { unit: { port: 80 } } } },
    told: "/bags/1/unit/port must be string",
  },
  { what: "a bag of no relation", outcome: { ...least, bags: { constructor: {} } }, told: "/bags" },
  { what: "an unknown key", outcome: { ...least, files: {} }, told: "(files)" },
  {
    what: "a command that is a line",
    outcome: { ...least, containers: { c: { services: { s: { command: "rm -rf /" } } } } },
    told: "/containers/c/services/s/command must be array",
  },
])("refuses $what and says where", ({ outcome, told }) => {
  expect(() => validateOutcome(outcome)).toThrow(
    expect.objectContaining({ code: "OUTCOME_INVALID", message: expect.stringContaining(told) }),
  );
});
