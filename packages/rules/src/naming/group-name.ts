const COMPLETE = /^.*?_[\da-f]{8}_.*?rules$/;

/** What a group's name is made of. */
export interface GroupNameParts {
  /** The name that the author gave the group, or the file's name without its suffix where the file holds one rule. */
  readonly name: string;
  /** Whose rules they are, such as `obs_7a3c1f0e_zinc`; see `identifier` in `@orrery/topology`. */
  readonly identifier?: string;
  /** The file's folder relative to the root of all rules, such as `db/slow-q`; `""` at the root. */
  readonly directory?: string;
}

/**
 * Gives the name under which a group goes out: whose, from which folder, which; a complete name is kept.
 *
 * @see canonical/cos-lib, `src/cosl/rules.py`, `Rules._group_name`.
 */
export function groupName({ name, identifier = "", directory = "" }: GroupNameParts): string {
  const joined = COMPLETE.test(name) ? name : [identifier, directory, name].filter(Boolean).join("_");
  const complete = COMPLETE.test(name) || joined.endsWith("_rules") ? joined : `${joined}_rules`;
  return complete.replaceAll(/[^\w:]/g, "_");
}
