/** Numbers what is seen of each relation: the number stands while what is seen does. */
export class RelationVersions {
  readonly #seen = new Map<number, { readonly text: string; readonly version: number }>();

  /** The version of these contents of a relation. */
  versionOf(relation: number, contents: unknown): number {
    const text = JSON.stringify(contents);
    const before = this.#seen.get(relation);
    if (before?.text === text) return before.version;
    const version = (before?.version ?? 0) + 1;
    this.#seen.set(relation, { text, version });
    return version;
  }
}
