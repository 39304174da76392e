import type { ConfigValue } from "@orrery/charm";
import type { SeenRelation } from "./seen-relation.ts";

/** A secret's URI wherever it stands in a text. @see juju-protocol, Secrets: ids. */
const URI = /(?<![\w:/-])secret:(?:\/\/[0-9a-f-]{36}\/)?[0-9a-z]{20}(?![0-9a-z])/g;
/** The most that one relation may have this unit ask for: each is a process. */
const MOST_PER_RELATION = 50;

/** URIs of the secrets that options and the other sides' bags name, each once. */
export function secretReferences(
  config: Readonly<Record<string, ConfigValue>>,
  relations: readonly SeenRelation[],
): readonly string[] {
  const named = Object.values(config).flatMap((value) => (typeof value === "string" ? find(value) : []));
  const related = relations.flatMap(({ remoteApplication, remoteUnits }) =>
    [remoteApplication, ...Object.values(remoteUnits)]
      .flatMap((bag) => Object.values(bag).flatMap(find))
      .slice(0, MOST_PER_RELATION),
  );
  return [...new Set([...named, ...related])];
}

function find(text: string): readonly string[] {
  return text.includes("secret:") ? (text.match(URI) ?? []) : [];
}
