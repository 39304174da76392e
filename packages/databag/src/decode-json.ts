import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { Json } from "./json.ts";
import { quote } from "./quote.ts";
import { scanJson } from "./scan-json.ts";

/** How much JSON text a reader takes; all are checked before the text is parsed. */
export interface JsonLimits {
  /** Bytes of UTF-8; 1 MiB when absent. */
  readonly maxBytes?: number;
  /** Objects and lists within each other; 64 when absent. */
  readonly maxDepth?: number;
  /** Members of all objects together; 50 000 when absent. */
  readonly maxKeys?: number;
}

/** A value that was read, or none, with what was wrong. A value can come with warnings. */
export interface Read<Value> {
  readonly value?: Value;
  readonly problems: readonly Problem[];
}

const DEFAULTS: Required<JsonLimits> = { maxBytes: 1024 * 1024, maxDepth: 64, maxKeys: 50_000 };

/**
 * Reads JSON text that somebody else wrote; never throws.
 *
 * Past a limit (`DATABAG_LIMIT_EXCEEDED`) or outside the grammar (`DATABAG_NOT_JSON`) there is no value. Members called
 * `__proto__` are left out, of members with the same key the last stands as in Python, and lone surrogates become U+FFFD:
 * each is told as a warning. A number too large for JavaScript is `Infinity`, which no schema admits.
 */
export function decodeJson(
  text: string,
  options: JsonLimits & { readonly origin?: Origin } = {},
): Read<Json> {
  const limits = { ...DEFAULTS, ...options };
  const origin = options.origin ?? {};
  const bytes = text.length > limits.maxBytes ? text.length : Buffer.byteLength(text);
  if (bytes > limits.maxBytes) return exceeded(`${bytes} bytes; allowed are ${limits.maxBytes}`, origin);
  const scan = scanJson(text, limits);
  if (scan.depth > limits.maxDepth) return exceeded(`more than ${limits.maxDepth} levels of nesting`, origin);
  if (scan.keys > limits.maxKeys) return exceeded(`more than ${limits.maxKeys} members`, origin);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    const at = /position (\d+)/.exec(String(cause))?.[1];
    // The engine's own message repeats the text, which may hold secrets and control characters.
    const message = `text is not JSON${at ? ` from character ${at} on` : ""}`;
    return { problems: [problem("DATABAG_NOT_JSON", { message, origin })] };
  }
  const problems: Problem[] = scan.duplicates.map((key) =>
    problem("DATABAG_DUPLICATE_KEY", {
      severity: "warning",
      message: `key ${quote(key)} stands twice in one object; the last was taken`,
      origin,
    }),
  );
  if (scan.prototype) {
    problems.push(
      problem("DATABAG_KEY_DROPPED", { severity: "warning", message: "key __proto__ was left out", origin }),
    );
  }
  const illFormed = /\\u[dD][89a-fA-F]/.test(text) || !text.isWellFormed();
  if (!scan.prototype && !illFormed) return { value, problems };
  const cleaned = clean(value);
  if (cleaned.replaced) {
    const message = "text holds lone surrogates; each became U+FFFD";
    problems.push(problem("DATABAG_ILL_FORMED_TEXT", { severity: "warning", message, origin }));
  }
  return { value: cleaned.value, problems };
}

function exceeded(what: string, origin: Origin): Read<Json> {
  return { problems: [problem("DATABAG_LIMIT_EXCEEDED", { message: `text holds ${what}`, origin })] };
}

/** Copies a value without `__proto__` members and lone surrogates. */
function clean(value: Json): { readonly value: Json; readonly replaced: boolean } {
  let replaced = false;
  const text = (one: string): string => {
    if (one.isWellFormed()) return one;
    replaced = true;
    return one.toWellFormed();
  };
  const copy = (one: Json): Json => {
    if (typeof one === "string") return text(one);
    if (typeof one !== "object" || one === null) return one;
    if (isList(one)) return one.map(copy);
    // fromEntries defines members, so that no setter of Object.prototype is ever met.
    return Object.fromEntries(
      Object.entries(one)
        .filter(([key]) => key !== "__proto__")
        .map(([key, member]) => [text(key), copy(member)]),
    );
  };
  return { value: copy(value), replaced };
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
