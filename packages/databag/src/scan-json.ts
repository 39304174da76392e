/** What a walk over JSON text found, before anything was parsed. */
export interface JsonScan {
  /** Deepest nesting of objects and lists; counting stops past the limit. */
  readonly depth: number;
  /** Members of all objects; counting stops past the limit. */
  readonly keys: number;
  /** Keys that stand twice in one object, up to three. */
  readonly duplicates: readonly string[];
  /** Whether a key is `__proto__`. */
  readonly prototype: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Walks over JSON text in one pass without building its value; stops as soon as a limit is passed.
 *
 * It does not judge the grammar: that is left to the parser.
 */
export function scanJson(
  text: string,
  limits: { readonly maxDepth: number; readonly maxKeys: number },
): JsonScan {
  const seen: (Set<string> | undefined)[] = [];
  const duplicates: string[] = [];
  let depth = 0;
  let keys = 0;
  let prototype = false;
  let stringStart = 0;
  let stringEnd = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        stringStart = at;
        stringEnd = endOfString(text, at);
        at = stringEnd;
        break;
      case 0x7b: // {
      case 0x5b: // [
        seen.push(undefined);
        depth = Math.max(depth, seen.length);
        if (depth > limits.maxDepth) return { depth, keys, duplicates, prototype };
        break;
      case 0x7d: // }
      case 0x5d: // ]
        seen.pop();
        break;
      case 0x3a: {
        // A colon outside a string ends a key: the last string.
        keys += 1;
        if (keys > limits.maxKeys) return { depth, keys, duplicates, prototype };
        const key = keyText(text, stringStart, stringEnd);
        if (key === "__proto__") prototype = true;
        const siblings = seen.at(-1) ?? new Set<string>();
        if (siblings.has(key) && duplicates.length < 3) duplicates.push(key);
        siblings.add(key);
        if (seen.length > 0) seen[seen.length - 1] = siblings;
        break;
      }
      default:
    }
  }
  return { depth, keys, duplicates, prototype };
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end === -1) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    at = end + 1;
  }
}

function keyText(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end);
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
