import type { ConfigValue } from "@orrery/charm";
import type { SeenRelation } from "./seen-relation.ts";

/** A secret's URI wherever it stands in a text. @see juju-protocol, Secrets: ids. */
const URI = /(?<![\w:/-])secret:(?:\/\/[0-9a-f-]{36}\/)?[0-9a-z]{20}(?![0-9a-z])/g;
/** The most that one relation may have this unit ask for: each is a process. */
const MOST_PER_RELATION = 50;

/** Secrets that options and the other sides' bags name, by URI, each with the relations whose other side does. */
export function secretReferences(
  config: Readonly<Record<string, ConfigValue>>,
  relations: readonly SeenRelation[],
): ReadonlyMap<string, readonly SeenRelation[]> {
  const found = new Map<string, readonly SeenRelation[]>();
  for (const value of Object.values(config)) {
    for (const uri of typeof value === "string" ? find(value) : []) found.set(uri, []);
  }
  for (const relation of relations) {
    const bags = [relation.remoteApplication, ...Object.values(relation.remoteUnits)];
    const uris = new Set(bags.flatMap((bag) => Object.values(bag).flatMap(find)));
    for (const uri of [...uris].slice(0, MOST_PER_RELATION)) {
      found.set(uri, [...(found.get(uri) ?? []), relation]);
    }
  }
  return found;
}

function find(text: string): readonly string[] {
  return text.includes("secret:") ? (text.match(URI) ?? []) : [];
}
