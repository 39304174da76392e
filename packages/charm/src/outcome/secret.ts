/** A secret that the unit wants kept, and read by others. */
export interface SecretRequest {
  /** Keys as Juju allows them: lower-case letters and digits in groups joined by single hyphens, at least 3 characters. */
  readonly content: Readonly<Record<string, string>>;
  /** Ids of the relations whose other side may read it. */
  readonly grants: readonly number[];
  /**
   * `application` when absent: one secret for all units, who may all read it; what its leader wants counts.
   * `unit`: the unit's own.
   */
  readonly owner?: "application" | "unit";
  /** 20 characters of 0–9 and a–z that become its id, for one who has to know it before; the host chooses when absent. */
  readonly id?: string;
}

/** @see juju/juju, core/secrets: an id is an xid of 20 characters. */
const URI = /^secret:([0-9a-z]{20})$/;
/** @see juju/juju, core/secrets: `keyRegExp`. */
const KEY = /^[a-z](?:-?[a-z0-9]){2,}$/;

/** The URI of a secret in this model: what options and bags name it by. */
export function secretUri(id: string): string {
  return `secret:${id}`;
}

/** The id in a secret's URI, `secret:` and 20 characters of 0–9 and a–z; undefined for any other text. */
export function secretIdOf(text: string): string | undefined {
  return URI.exec(text)?.[1];
}

/** Whether a text can be a key of a secret's content, by Juju's grammar. */
export function isSecretKey(text: string): boolean {
  return KEY.test(text);
}
