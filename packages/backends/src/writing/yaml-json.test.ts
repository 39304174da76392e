import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { yamlJson } from "./yaml-json.ts";

test("what is written is the same value to readers of JSON and of YAML", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (value) => {
      const written = yamlJson(value);
      const wanted = value.map((text) => text.toWellFormed());
      expect(JSON.parse(written)).toEqual(wanted);
      expect(parse(written)).toEqual(wanted);
      expect(written).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/);
    }),
  );
  expect(yamlJson("\\ud800 \ud800 \u{1f4a1}")).toBe('"\\\\ud800 \ufffd \u{1f4a1}"');
});
