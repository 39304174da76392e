import type { PromqlLimits } from "./limits.ts";
import { refuse } from "./refuse.ts";
import { endOfString } from "./string-literal.ts";

const [TAB, NEWLINE, RETURN, SPACE, HASH] = [9, 10, 13, 32, 35];
const OPENING = new Set(Array.from("([{", (char) => char.charCodeAt(0)));
const CLOSING = new Set(Array.from(")]}", (char) => char.charCodeAt(0)));
const QUOTES = new Set(Array.from("\"'`", (char) => char.charCodeAt(0)));
const WORD = new Uint8Array(128);
for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.")
  WORD[char.charCodeAt(0)] = 1;

/**
 * Holds a text against the limits, and against what Prometheus's lexer and our grammar would read differently.
 *
 * The grammar was made for editors: it takes unclosed strings, any escape and Unicode spaces, and lets a comment run past a bare
 * carriage return, where Prometheus ends it. An author could hide a selector from us there, so such texts are refused.
 *
 * @returns How many tokens it has.
 * @throws {@link OrreryError} `QUERY_TOO_LARGE` or `QUERY_SYNTAX`.
 * @see Prometheus 3.x, `promql/parser/lex.go`.
 */
export function scan(text: string, limits: PromqlLimits): number {
  measure(text, limits.bytes);
  let tokens = 0;
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === NEWLINE || code === TAB || code === RETURN) {
      at++;
      continue;
    }
    if (code === HASH) {
      at = endOfComment(text, at);
      continue;
    }
    if (++tokens > limits.tokens)
      refuse("QUERY_TOO_LARGE", { text, offset: at }, `expression has more than ${limits.tokens} tokens`);
    if (WORD[code] === 1) {
      at = endOfWord(text, at);
      continue;
    }
    if (QUOTES.has(code)) {
      at = endOfString(text, at);
      continue;
    }
    if (code < SPACE || code > 126) {
      refuse(
        "QUERY_SYNTAX",
        { text, offset: at },
        `expression holds ${JSON.stringify(text.charAt(at))} outside a string`,
      );
    }
    if (OPENING.has(code) && ++depth > limits.depth) {
      refuse("QUERY_TOO_LARGE", { text, offset: at }, `expression is nested deeper than ${limits.depth}`);
    }
    if (CLOSING.has(code)) depth--;
    at++;
  }
  if (tokens === 0) refuse("QUERY_SYNTAX", { text, offset: 0 }, "expression is empty");
  return tokens;
}

function measure(text: string, limit: number): void {
  const bytes = text.length > limit || text.length * 3 <= limit ? text.length : Buffer.byteLength(text);
  if (bytes > limit)
    refuse("QUERY_TOO_LARGE", { text: "", offset: 0 }, `expression has more than ${limit} bytes`);
}

function endOfWord(text: string, start: number): number {
  let at = start + 1;
  while (WORD[text.charCodeAt(at)] === 1) at++;
  return at;
}

function endOfComment(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  const end = newline === -1 ? text.length : newline;
  const stray = text.indexOf("\r", start);
  if (stray !== -1 && stray < end - 1) {
    refuse("QUERY_SYNTAX", { text, offset: stray }, "comment holds a carriage return that ends no line");
  }
  return end;
}
