import { refuse } from "./refuse.ts";

const SIMPLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** Escapes by the character that follows the backslash: how many digits, and of which base. */
const NUMERIC: Readonly<Record<string, readonly [digits: number, base: 8 | 16]>> = {
  x: [2, 16],
  u: [4, 16],
  U: [8, 16],
  ...Object.fromEntries(Array.from("01234567", (digit) => [digit, [3, 8]])),
};

/**
 * Finds the end of the string that starts at an offset, and checks its escapes.
 *
 * @returns The offset after the closing quote.
 * @throws {@link OrreryError} `QUERY_SYNTAX` for an open end, an unknown escape, or U+FFFD, which Prometheus takes for broken UTF-8.
 * @see Prometheus 3.x, `promql/parser/lex.go`, `lexString`, `lexRawString` and `lexEscape`.
 */
export function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  const raw = quote === "`";
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === quote) return at + 1;
    if (char === "\uFFFD")
      refuse("QUERY_SYNTAX", { text, offset: at }, "string holds a character that is not valid UTF-8");
    if (raw) continue;
    if (char === "\n") break;
    if (char === "\\") at += escapeAt(text, at, quote).length - 1;
  }
  return refuse("QUERY_SYNTAX", { text, offset: start }, "string is not closed");
}

interface Escape {
  /** Of the escape in the text, in UTF-16 code units. */
  readonly length: number;
  readonly value: string;
  /** Whether the escape stands for one byte of 0x80 or more, which is no character by itself. */
  readonly byte: boolean;
}

function escapeAt(text: string, at: number, quote: string): Escape {
  const kind = text.charAt(at + 1);
  const place = { text, offset: at };
  const simple = SIMPLE[kind];
  if (simple !== undefined && (kind !== '"' || quote === '"') && (kind !== "'" || quote === "'")) {
    return { length: 2, value: simple, byte: false };
  }
  const numeric = NUMERIC[kind];
  if (!numeric)
    refuse("QUERY_SYNTAX", place, `string holds an unknown escape ${JSON.stringify(`\\${kind}`)}`);
  const [digits, base] = numeric;
  const from = base === 8 ? at + 1 : at + 2;
  const written = text.slice(from, from + digits);
  const code = Number.parseInt(written, base);
  const wellFormed = written.length === digits && (base === 8 ? /^[0-7]+$/ : /^[\dA-Fa-f]+$/).test(written);
  const isByte = base === 8 || kind === "x";
  if (!wellFormed || code > (isByte ? 0xff : 0x10_ff_ff) || (code >= 0xd8_00 && code < 0xe0_00)) {
    refuse("QUERY_SYNTAX", place, "string holds an escape that is no character");
  }
  return { length: from - at + digits, value: String.fromCodePoint(code), byte: isByte && code > 0x7f };
}

/**
 * Reads a string literal, quotes included, that {@link endOfString} has measured.
 *
 * Bytes that are written one by one (`\xc3\xa9`) are put together.
 *
 * @throws {@link OrreryError} `QUERY_SYNTAX` where such bytes are not UTF-8: no label of ours can hold them.
 */
export function unquote(text: string, from: number, to: number): string {
  const quote = text.charAt(from);
  const inner = text.slice(from + 1, to - 1);
  if (quote === "`" || !inner.includes("\\")) return inner;
  let value = "";
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length === 0) return;
    value += decodeBytes(bytes, { text, offset: from });
    bytes = [];
  };
  for (let at = 0; at < inner.length;) {
    const char = inner.charAt(at);
    const escape = char === "\\" ? escapeAt(inner, at, quote) : undefined;
    if (escape?.byte) bytes.push(escape.value.charCodeAt(0));
    else {
      flush();
      value += escape?.value ?? char;
    }
    at += escape?.length ?? 1;
  }
  flush();
  return value;
}

function decodeBytes(
  bytes: readonly number[],
  place: { readonly text: string; readonly offset: number },
): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return refuse("QUERY_SYNTAX", place, "string holds bytes that are not UTF-8");
  }
}

const CONTROL = /[\p{Cc}"\\\u2028\u2029\uD800-\uDFFF\uFEFF\uFFFD]/gu;

/**
 * Writes a value as a double-quoted PromQL string.
 *
 * What could break a line or a terminal is escaped. Lone surrogates, which UTF-8 cannot hold, become U+FFFD, and that is escaped too.
 */
export function quote(value: string): string {
  return `"${value.toWellFormed().replace(CONTROL, escaped)}"`;
}

function escaped(char: string): string {
  if (char === '"' || char === "\\") return `\\${char}`;
  if (char === "\n") return String.raw`\n`;
  if (char === "\t") return String.raw`\t`;
  if (char === "\r") return String.raw`\r`;
  return String.raw`\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
