import { contentDigest } from "@orrery/charm";
import { sameJson } from "../settling/same-json.ts";

const digests = new WeakMap<object, string>();

/** Whether two contents are the same; absent ones are. */
export function sameContent(a: unknown, b: unknown): boolean {
  return sameJson(a, b);
}

/** An object's digest, made once for as long as the object is the same. */
export function digestOf(object: { readonly content: unknown }): string {
  const found = digests.get(object);
  if (found !== undefined) return found;
  const made = contentDigest(object.content);
  digests.set(object, made);
  return made;
}
