interface Seen {
  readonly version: number;
  readonly parts: readonly unknown[];
}

/** Numbers what a unit sees of its relations: a number stands for as long as nothing that was seen changed. */
export class RelationVersions {
  readonly #seen = new Map<number, Seen>();

  /** The version of these parts: texts, and bags whose identity stands while their content does. */
  versionOf(relation: number, parts: readonly unknown[]): number {
    const before = this.#seen.get(relation);
    if (
      before &&
      before.parts.length === parts.length &&
      parts.every((part, i) => part === before.parts[i])
    ) {
      return before.version;
    }
    const version = (before?.version ?? 0) + 1;
    this.#seen.set(relation, { version, parts });
    return version;
  }

  /** Forgets all relations but these. */
  keep(relations: ReadonlySet<number>): void {
    for (const id of this.#seen.keys()) if (!relations.has(id)) this.#seen.delete(id);
  }
}
