import * as fc from "fast-check";

/** Texts that no honest charm writes: what a decoder must answer with problems, never with an exception. */
const families: readonly string[] = [
  "",
  " ",
  "null",
  "[]",
  "{}",
  "0",
  "NaN",
  "1e999",
  "true",
  '"',
  "{",
  "[[[[",
  '{"a":',
  "\uFEFF{}",
  "\u0000",
  "\uD800",
  "\u202Eevil\u202C",
  "\u001B[31mred",
  "a\r\nb",
  '{"__proto__":{"polluted":true}}',
  '[{"__proto__":{"polluted":true}}]',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":1,"valueOf":2,"hasOwnProperty":3}',
  '{"a":1,"a":2}',
  "../../etc/passwd",
  "/etc/passwd",
  "http://169.254.169.254/latest/meta-data",
  "http://[::ffff:127.0.0.1]:80/",
  "javascript:alert(1)",
  "{{ query `up` }}",
  "up or vector(1)",
  "!!python/object/apply:os.system ['true']",
  "&a [*a, *a]",
  "/Td6WFoAAATm1rRGAgAhAQAAAAA=",
  "x".repeat(100_000),
  "[".repeat(20_000),
  `[${"1,".repeat(20_000)}1]`,
  `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":${i}`).join(",")}}`,
];

/** A hostile text: one of the families, or what an honest text becomes by damage. */
export function hostileText(honest: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...families);
  const any = fc.oneof(known, fc.string({ unit: "binary" }), fc.json());
  if (honest.length === 0) return any;
  const one = fc.constantFrom(...honest);
  return fc.oneof(
    any,
    fc.tuple(one, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
    fc.tuple(one, fc.nat(), known).map(([text, at, put]) => {
      const from = at % (text.length + 1);
      return `${text.slice(0, from)}${put.slice(0, 200)}${text.slice(from + 1)}`;
    }),
    fc.tuple(one, fc.nat(), fc.jsonValue()).map(([text, at, put]) => replaceValue(text, at, put)),
  );
}

/** Puts another value in some place of a JSON text; a text that is none is given back twice over. */
function replaceValue(text: string, at: number, put: unknown): string {
  let places = 0;
  const count = (_key: string, value: unknown): unknown => {
    places += 1;
    return value;
  };
  try {
    JSON.parse(text, count);
  } catch {
    return text + text;
  }
  const wanted = at % places;
  let place = -1;
  const replaced: unknown = JSON.parse(text, (_key, value: unknown) => {
    place += 1;
    return place === wanted ? put : value;
  });
  return JSON.stringify(replaced) ?? "null";
}
