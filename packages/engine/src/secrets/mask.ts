import type { Database } from "../store/database.ts";

const MASK = "*****";
/** Shorter values stand in too many words of no secrecy. */
const SHORTEST = 8;
/** What has neither digits nor capitals may be a user's name, until it is as long as no name is. */
const LONGEST_NAME = 16;

/**
 * Makes the last net before people's eyes: takes values that the model keeps as secrets or materials out of a text.
 *
 * Charms should not write them where people read; one that stumbles over a value throws it in an error's message. Short values
 * and those that look like names are left.
 */
export function maskOf(db: Database): (text: string) => string {
  let [secrets, materials] = [all(db.secrets), all(db.materials)];
  let values = valuesOf();
  function valuesOf(): readonly string[] {
    const found = [
      ...secrets.flatMap(({ content }) => Object.values(content)),
      ...materials
        .filter(({ request }) => isSecretKind(request.kind))
        .flatMap(({ current, previous }) => [current, ...(previous === undefined ? [] : [previous])]),
    ];
    const tellTale = found.flatMap((value) => [value, ...value.split("\n")]).map((value) => value.trim());
    return [...new Set(tellTale)].filter(isTellTale).toSorted((a, b) => b.length - a.length);
  }
  return (text) => {
    const [now, then] = [all(db.secrets), all(db.materials)];
    if (now !== secrets || then !== materials) {
      [secrets, materials] = [now, then];
      values = valuesOf();
    }
    return values.reduce(
      (masked, value) => (masked.includes(value) ? masked.replaceAll(value, MASK) : masked),
      text,
    );
  };
}

/** A table's values as a list that stands while the table does. */
function all<Value>(table: {
  readonly grouped: (
    name: string,
    group: string,
    groupsOf: (value: Value) => readonly string[],
  ) => readonly Value[];
}): readonly Value[] {
  return table.grouped("all", "all", () => ["all"]);
}

function isTellTale(value: string): boolean {
  if (value.length < SHORTEST || value.startsWith("-----")) return false;
  return value.length >= LONGEST_NAME || /[^a-z-]/u.test(value);
}

/** Certificates and requests for them are there to be shown. */
function isSecretKind(kind: string): boolean {
  return kind === "password" || kind === "private-key";
}
