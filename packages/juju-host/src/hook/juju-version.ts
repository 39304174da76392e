/** A version of Juju, as far as features depend on it. */
export interface JujuVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Reads `3.6.14`, `4.0-beta2` or `3.6.1.1`; nothing for anything else. @see juju-protocol, Parsing rules: version grammar. */
export function parseJujuVersion(text: string): JujuVersion | undefined {
  const [, major, minor, tag, patch] =
    /^(\d{1,9})\.(\d{1,9})(?:\.|-([a-z]+))(\d{1,9})(?:\.\d{1,9})?$/.exec(text) ?? [];
  if (major === undefined) return undefined;
  // A version on its way to x.y has what x.y will have only from then on.
  return { major: Number(major), minor: Number(minor), patch: tag === undefined ? Number(patch) : -1 };
}

/** Whether a version is another one or newer. */
export function isAtLeast(
  version: JujuVersion,
  [major, minor, patch]: readonly [number, number, number],
): boolean {
  return (
    ([version.major - major, version.minor - minor, version.patch - patch].find((by) => by !== 0) ?? 0) >= 0
  );
}
