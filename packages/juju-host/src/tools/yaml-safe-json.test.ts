import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { yamlSafeJson } from "./yaml-safe-json.ts";

test("a YAML 1.1 parser reads the same texts again, whatever they hold", () => {
  const texts = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 30 }),
    fc.string({ unit: "binary", maxLength: 20 }),
    {
      noNullPrototype: true,
      maxKeys: 3,
    },
  );
  fc.assert(
    fc.property(texts, (given) => {
      expect(parse(yamlSafeJson(given), { version: "1.1" })).toEqual(given);
    }),
  );
});

test("what libyaml refuses or changes is escaped, and what it refuses escaped stays raw", () => {
  expect(yamlSafeJson({ k: "\u007f\u0085\u009f\u2028\ufeff", e: "😀é", n: "1", h: "\ud83d" })).toBe(
    '{"k": "\\u007f\\u0085\\u009f\\u2028\\ufeff", "e": "😀é", "n": "1", "h": "\ufffd"}',
  );
});
