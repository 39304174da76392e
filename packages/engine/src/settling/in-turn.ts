/** Has work done one piece after another, in the order in which it was brought. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** Does this once everything before it has ended, well or not. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return await done;
  }
}
