import { appendFileSync, renameSync, statSync } from "node:fs";

/** A log of JSON lines in a file; past its size it becomes `<name>.1` and begins anew. */
export class LogFile {
  readonly #path: string;
  #size: number;

  constructor(path: string) {
    this.#path = path;
    this.#size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Writes one line. A log that cannot be written stops nothing. */
  write(event: object): void {
    const line = `${JSON.stringify(event)}\n`;
    try {
      if (this.#size > MOST_BYTES) {
        renameSync(this.#path, `${this.#path}.1`);
        this.#size = 0;
      }
      appendFileSync(this.#path, line, { mode: 0o600 });
      this.#size += Buffer.byteLength(line);
    } catch {
      // The disk is full, or the folder is gone.
    }
  }
}

/** Of one file; there are two. */
const MOST_BYTES = 5 * 1024 * 1024;
