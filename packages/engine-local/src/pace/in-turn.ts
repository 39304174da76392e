/** Has work of one kind wait for earlier work of the same kind; other kinds go their own way. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }

  async take<Result>(kind: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(kind) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(kind, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(kind) === settled) this.#last.delete(kind);
    }
  }
}
