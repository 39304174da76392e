import type { Bag } from "@orrery/charm";

const HIDDEN = "*****";

/**
 * Names under which the field's charms and monitoring systems write credentials in clear.
 *
 * @see Prometheus and Alertmanager, configuration references: every field of type `<secret>`.
 */
const CREDENTIAL =
  /(?:^|[_-])(?:password|passwd|credentials|secret|token|(?:api|routing|service|user|secret|access|private|integration)[_-]?key|api[_-]url|webhook[_-]url)$/i;
/** Receivers of notifications, whose `url` lets whoever has it speak in the owner's name. */
const RECEIVERS = /^(?:webhook|msteams|msteamsv2|discord|rocketchat)_configs$/;

/** Shows a bag to people: what others wrote there as credentials is left out, whatever interface it belongs to. */
export function hideCredentials(bag: Bag): Bag {
  return Object.fromEntries(
    Object.entries(bag).map(([key, text]) => [
      key,
      CREDENTIAL.test(key) && !isReference(text) ? HIDDEN : hideIn(text),
    ]),
  );
}

function hideIn(text: string): string {
  if (!/^\s*[{[]/u.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    const shown = walk(value, []);
    return shown === value ? text : JSON.stringify(shown);
  } catch {
    return text;
  }
}

/** The same value where nothing is hidden in it. */
function walk(value: unknown, path: readonly string[]): unknown {
  if (typeof value === "string")
    return value !== "" && isCredential(path) && !isReference(value) ? HIDDEN : value;
  if (Array.isArray(value)) {
    const shown = value.map((one) => walk(one, path));
    return shown.every((one, i) => one === value[i]) ? value : shown;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const shown = entries.map(([key, one]) => [key, walk(one, [...path, key])] as const);
  return shown.every(([, one], i) => one === entries[i]?.[1]) ? value : Object.fromEntries(shown);
}

function isCredential(path: readonly string[]): boolean {
  const name = path.at(-1) ?? "";
  return CREDENTIAL.test(name) || (name === "url" && RECEIVERS.test(path.at(-2) ?? ""));
}

/** The URI of a secret tells nothing to those who may not read it. */
function isReference(text: string): boolean {
  return text.startsWith("secret:");
}
