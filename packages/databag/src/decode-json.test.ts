import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeJson } from "./decode-json.ts";

const codes = (text: string): readonly string[] => decodeJson(text).problems.map(({ code }) => code);

test("reads every JSON text as the parser does", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      if (text.includes("__proto__") || !text.isWellFormed() || text.includes("\\ud")) return;
      expect(decodeJson(text)).toEqual({ value: JSON.parse(text), problems: [] });
    }),
  );
});

test("never throws, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(...Array.from('{}[]",:\\u0 1e-\u0000\u{1f600}\ud800nulltrue_proto_')),
      }),
      (text) => {
        expect(() => decodeJson(text)).not.toThrow();
      },
    ),
  );
});

test.for([
  {
    what: "more bytes than allowed",
    text: JSON.stringify("é".repeat(600_000)),
    code: "DATABAG_LIMIT_EXCEEDED",
  },
  { what: "more nesting than allowed", text: "[".repeat(100_000), code: "DATABAG_LIMIT_EXCEEDED" },
  {
    what: "more members than allowed",
    text: `{${'"a":0,'.repeat(60_000)}"b":0}`,
    code: "DATABAG_LIMIT_EXCEEDED",
  },
  { what: "nothing", text: "", code: "DATABAG_NOT_JSON" },
  { what: "a byte order mark", text: "\ufeff{}", code: "DATABAG_NOT_JSON" },
  { what: "NaN", text: "[NaN]", code: "DATABAG_NOT_JSON" },
  { what: "a string that does not end", text: '{"a', code: "DATABAG_NOT_JSON" },
])("refuses $what", ({ text, code }) => {
  const read = decodeJson(text);

  expect(read.value).toBeUndefined();
  expect(read.problems.map((found) => found.code)).toEqual([code]);
});

test("brackets and colons inside strings count for nothing", () => {
  expect(
    decodeJson(JSON.stringify(["[[[[::::", '\\"{{'.repeat(50)]), { maxDepth: 1, maxKeys: 0 }).problems,
  ).toEqual([]);
});

test("a refusal repeats nothing of the text", () => {
  expect(decodeJson('{"password": hunter2\u001b[31m}').problems[0]?.message).toBe("text is not JSON");
});

test("members called __proto__ are left out, however they are spelt, and no prototype changes", () => {
  const { value } = decodeJson(
    '{"a": {"__proto__": {"polluted": 1}, "\\u005f_proto__": 2, "b": 3}, "constructor": 4}',
  );

  expect(JSON.stringify(value)).toBe('{"a":{"b":3},"constructor":4}');
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  expect(codes('{"__proto__": 1}')).toEqual(["DATABAG_KEY_DROPPED"]);
});

test("the last of two members with one key stands, also when they are spelt differently", () => {
  expect(decodeJson('{"a": 1, "b": {"a": 2}, "\\u0061": 3}')).toMatchObject({
    value: { a: 3, b: { a: 2 } },
    problems: [{ code: "DATABAG_DUPLICATE_KEY", severity: "warning" }],
  });
});

test("lone surrogates become replacement characters, pairs stay", () => {
  expect(decodeJson('["\\ud800", "\\ud83d\\ude00"]')).toMatchObject({
    value: ["\ufffd", "\u{1f600}"],
    problems: [{ code: "DATABAG_ILL_FORMED_TEXT", severity: "warning" }],
  });
});

test("a text as large as is taken is read as JSON.parse reads it", () => {
  const member = '{"alert":"A","expr":"up{a=\\"b\\"} == 0","labels":{"a":"b"}},';
  const text = `[${member.repeat(Math.floor(1_000_000 / member.length))}1]`;

  expect(decodeJson(text, { maxKeys: 100_000 }).value).toEqual(JSON.parse(text));
});
