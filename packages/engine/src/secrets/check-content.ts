import { isSecretKey } from "@orrery/charm";

/** Characters that one secret may hold, keys and values together. @see Juju, which takes 64 KiB. */
const LARGEST = 64 * 1024;

/** Says why something cannot be a secret's content; undefined when it can. Values are never repeated. */
export function contentFault(content: Readonly<Record<string, unknown>>): string | undefined {
  const entries = Object.entries(content);
  if (entries.length === 0) return "it holds no key";
  let size = 0;
  for (const [key, value] of entries) {
    // A key of another form may be a value that was typed in its place.
    if (!isSecretKey(key))
      return "a key is not of the form of `token` or `api-token2`: lower-case letters and digits, at least 3, single hyphens between";
    if (typeof value !== "string") return `key ${key} holds something else than a text`;
    if (value === "") return `key ${key} is empty`;
    size += key.length + value.length;
  }
  return size > LARGEST ? `it has ${size} characters; allowed are ${LARGEST}` : undefined;
}

/** Whether two contents are the same, whatever the order of their keys. */
export function sameContent(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  );
}
