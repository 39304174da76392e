/** Gives a field of a JSON value as an object; an empty one when it is anything else. */
export function objectAt(value: unknown, name: string): Readonly<Record<string, unknown>> {
  return asObject(asObject(value)[name]);
}

/** Gives a field of a JSON value as a list; an empty one when it is anything else. */
export function listAt(value: unknown, name: string): readonly unknown[] {
  const found = asObject(value)[name];
  return Array.isArray(found) ? found : [];
}

/** Gives a field of a JSON value as a text; `""` when it is anything else. */
export function textAt(value: unknown, name: string): string {
  const found = asObject(value)[name];
  return typeof found === "string" ? found : "";
}

/** Gives a field of a JSON value as texts by name; others are left out. */
export function textsAt(value: unknown, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, name));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Gives a JSON value as an object; an empty one when it is anything else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
