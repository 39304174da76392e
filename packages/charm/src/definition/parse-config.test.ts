import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ConfigOption } from "./config.ts";
import { parseConfigValue, withDefaults } from "./parse-config.ts";

test.for<{ option: ConfigOption; given: unknown; value: unknown }>([
  { option: { type: "boolean" }, given: "True", value: true },
  { option: { type: "boolean" }, given: "0", value: false },
  { option: { type: "int" }, given: "-12", value: -12 },
  { option: { type: "int", minimum: 3 }, given: 3, value: 3 },
  { option: { type: "float", maximum: 1 }, given: "0.5", value: 0.5 },
  { option: { type: "string" }, given: "", value: "" },
  { option: { type: "string", oneOf: ["a", "b"] }, given: "b", value: "b" },
  { option: { type: "string", pattern: "[0-9]+[smh]" }, given: "15s", value: "15s" },
])("takes $given for $option.type as Juju's command line does", ({ option, given, value }) => {
  expect(parseConfigValue("o", option, given)).toBe(value);
});

test.for<{ option: ConfigOption; given: unknown; allowed: string }>([
  { option: { type: "boolean" }, given: "yes", allowed: "true or false" },
  { option: { type: "int", minimum: 1, maximum: 9 }, given: "10", allowed: "a whole number from 1 up to 9" },
  { option: { type: "int" }, given: "1.5", allowed: "a whole number" },
  { option: { type: "int" }, given: "9007199254740993", allowed: "a whole number" },
  { option: { type: "float" }, given: " ", allowed: "a number" },
  { option: { type: "float" }, given: "Infinity", allowed: "a number" },
  { option: { type: "string" }, given: 1, allowed: "a text" },
  { option: { type: "string", oneOf: ["a", "b"] }, given: "c", allowed: "one of a, b" },
  { option: { type: "string", pattern: "a" }, given: "ab", allowed: "a text of the form a" },
])("refuses $given for $option.type and says that $allowed is allowed", ({ option, given, allowed }) => {
  const message = `option o was given ${JSON.stringify(given)}; allowed is ${allowed}`;
  expect(() => parseConfigValue("o", option, given)).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID_VALUE", message }),
  );
});

test("a secret is named by its URI, and what was given in its place is not repeated", () => {
  const uri = "secret:abcdefghij0123456789";
  expect(parseConfigValue("o", { type: "secret" }, uri)).toBe(uri);
  for (const given of ["canary-token", `${uri} canary`, "secret:CANARY", { canary: 1 }]) {
    const error = (() => {
      try {
        return parseConfigValue("o", { type: "secret" }, given);
      } catch (cause) {
        return cause;
      }
    })();
    expect(error).toMatchObject({ code: "CONFIG_INVALID_VALUE" });
    expect(String(error)).not.toMatch(/canary/iu);
  }
});

test("every value that an option takes, it takes again as text", () => {
  const taken = fc.oneof(
    fc.boolean().map((value) => ({ type: "boolean" as const, value })),
    fc.maxSafeInteger().map((value) => ({ type: "int" as const, value })),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => ({ type: "float" as const, value: value + 0 })),
    fc.string().map((value) => ({ type: "string" as const, value })),
  );
  fc.assert(
    fc.property(taken, ({ type, value }) => {
      expect(parseConfigValue("o", { type }, String(value))).toEqual(parseConfigValue("o", { type }, value));
    }),
  );
});

test("what was set goes before defaults, and what is neither is absent", () => {
  const schema = {
    a: { type: "int", default: 1 },
    b: { type: "int", default: 2 },
    c: { type: "string" },
  } as const;
  expect(withDefaults(schema, { a: 5 })).toEqual({ a: 5, b: 2 });
});
