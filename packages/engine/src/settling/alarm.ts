/** Wakes one who waits for something slow because there is something else to do. */
export class Alarm {
  #rung = false;
  #wake: (() => void) | undefined;

  /** Resolves at the next ring, or at once when it rang since the last wait: it may have come just before. */
  async wait(): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#rung = false;
    this.#wake = undefined;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }
}
