/** Cuts a stream of text into lines, whatever pieces it arrives in. */
export class LineSplitter {
  #rest = "";
  readonly #onLine: ((line: string) => void) | undefined;

  constructor(onLine: ((line: string) => void) | undefined) {
    this.#onLine = onLine;
  }

  /** Takes the next piece and hands over each line that it completes. */
  push(text: string): void {
    if (this.#onLine === undefined) return;
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onLine(line);
  }

  /** Hands over what stands after the last line end, if anything. */
  flush(): void {
    if (this.#rest !== "") this.#onLine?.(this.#rest);
    this.#rest = "";
  }
}
