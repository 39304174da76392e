/** A number that Python holds as a float, so that `1` is written `1.0`. */
export class PyFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What {@link pyJsonDumps} can write: JSON, with floats marked where they would look like integers. */
export type PyJson =
  | null
  | boolean
  | number
  | string
  | PyFloat
  | readonly PyJson[]
  | { readonly [key: string]: PyJson | undefined };

/** How {@link pyJsonDumps} writes. */
export interface PyJsonOptions {
  /** Sort every object's keys by code point, as `sort_keys=True` does; insertion order when absent. */
  readonly sortKeys?: boolean;
}

/**
 * Writes JSON text byte for byte as Python's `json.dumps` does with its default separators and `ensure_ascii`.
 *
 * Peers hash such texts, and compare them to tell whether something changed. Members that are `undefined` are left out.
 * Whole numbers within ±(2^53 - 1) are written as integers, all others as floats; not finite ones as `NaN` and
 * `Infinity`, which only Python reads. JavaScript moves integer-like keys to an object's front.
 *
 * @see CPython, `Lib/json/encoder.py`, `py_encode_basestring_ascii` and `float.__repr__`.
 */
export function pyJsonDumps(value: PyJson, options: PyJsonOptions = {}): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") return asciiString(value);
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : floatRepr(value);
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (isList(value)) return `[${value.map((item) => pyJsonDumps(item, options)).join(", ")}]`;
  const keys = Object.keys(value);
  if (options.sortKeys) keys.sort(byCodePoint);
  const members: string[] = [];
  for (const key of keys) {
    const member = value[key];
    if (member !== undefined) members.push(`${asciiString(key)}: ${pyJsonDumps(member, options)}`);
  }
  return `{${members.join(", ")}}`;
}

// Array.isArray does not narrow readonly arrays.
function isList(value: object): value is readonly PyJson[] {
  return Array.isArray(value);
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

/** Writes a text as a JSON string of printable ASCII alone. */
export function asciiString(text: string): string {
  return `"${text.replaceAll(/[^ !#-[\]-~]/g, escape)}"`;
}

function escape(unit: string): string {
  return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `repr(float)`: the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on. */
function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const plain = exponent < 0 ? smallDecimal(mantissa, exponent) : String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

// JavaScript goes over to exponents only at 1e-7: between that and Python's bound the plain form is JavaScript's own.
function smallDecimal(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replaceAll(/[-.]/g, "");
  return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
}

/** Orders texts by code point, as Python does; JavaScript's own order differs beyond the basic plane. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const one = a.charCodeAt(at);
    const other = b.charCodeAt(at);
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

// Surrogates stand for code points above U+FFFF, so they come after the rest of the basic plane.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
