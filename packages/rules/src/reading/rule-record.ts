/** A mapping as JSON or YAML gives it. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Says whether a value is a mapping: an object that is no list. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a key of the mapping's own, never one that every object has. */
export function get(mapping: Mapping, key: string): unknown {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** Reads a scalar as text, as Go's YAML reader does for a field of type string; nothing for null and absent values. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : undefined;
}

/** Reads a mapping of names to scalars; a text says what is wrong with it. */
export function readTexts(value: unknown): Readonly<Record<string, string>> | string {
  if (value === undefined || value === null) return {};
  if (!isMapping(value)) return "are not a mapping";
  const texts: [string, string][] = [];
  for (const [name, one] of Object.entries(value)) {
    const text = one === null ? "" : readText(one);
    if (text === undefined) return `hold something at ${JSON.stringify(name)} that is no text`;
    texts.push([name, text]);
  }
  return Object.fromEntries(texts);
}
