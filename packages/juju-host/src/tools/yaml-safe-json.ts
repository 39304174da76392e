/** What libyaml takes raw in JSON text differently, or not at all: C1 controls, line separators, byte order marks, non-characters. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Writes texts by key as JSON that a YAML 1.1 parser reads as the same, whatever they hold: hook tools read their files as YAML.
 *
 * @see juju-protocol, Text sent to `--file -` is YAML, not JSON.
 */
export function yamlSafeJson(texts: Readonly<Record<string, string>>): string {
  const members = Object.entries(texts).map(([key, text]) => `${quoted(key)}: ${quoted(text)}`);
  return `{${members.join(", ")}}`;
}

/**
 * Escapes in JSON text what YAML parsers do not take raw.
 *
 * Characters past the basic plane stay raw, since libyaml refuses their escaped halves.
 */
export function yamlSafe(json: string): string {
  return json.replaceAll(UNSAFE, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Half a character of two becomes U+FFFD: JSON would escape it, and no YAML parser takes that. */
function quoted(text: string): string {
  return yamlSafe(JSON.stringify(text.toWellFormed()));
}
