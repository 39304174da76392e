/** Wakes one who waits for something slow because there is something else to do. */
export class Alarm {
  #rung = false;
  #wake: (() => void) | undefined;

  /**
   * Resolves when one of `slow` does, or at the next ring; at once when it rang since the last wait, which may have come
   * just before. One waits at a time.
   */
  async wait(slow: readonly Promise<unknown>[]): Promise<void> {
    if (!this.#rung) {
      const rung = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([...slow, rung]);
    }
    // Whoever woke up looks at everything anew, so what rang meanwhile is seen too.
    this.#rung = false;
    this.#wake = undefined;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }
}
