/** Work that may take minutes and that nobody waits for: one at a time under each name. */
export class SlowWork {
  readonly #running = new Map<string, Promise<void>>();
  #ended = 0;

  /** How much of it has ended since the start: whoever looked before has to look again when this grew. */
  get ended(): number {
    return this.#ended;
  }

  /** Notes work that has begun; it must not fail. */
  begin(name: string, work: Promise<void>): void {
    const tracked = work.finally(() => {
      this.#running.delete(name);
      this.#ended += 1;
    });
    this.#running.set(name, tracked);
  }

  has(name: string): boolean {
    return this.#running.has(name);
  }

  /** What is running, under these names or under any. */
  running(names: readonly string[] = [...this.#running.keys()]): readonly Promise<void>[] {
    return names.flatMap((name) => this.#running.get(name) ?? []);
  }
}
