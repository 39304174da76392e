import type { Level } from "@orrery/engine";

/** Lines that one run of a charm's program may write into the log, from its streams and by `juju-log` together. */
const MOST_LINES = 1000;
/** Characters of a line that are kept. */
const LONGEST = 2000;

/** The log of one run: lets so many lines through and counts the others. */
export class HookLog {
  readonly #write: (level: Level, message: string) => void;
  #lines = 0;
  #dropped = 0;
  #lastError = "";

  constructor(write: (level: Level, message: string) => void) {
    this.#write = write;
  }

  readonly write = (level: Level, message: string): void => {
    for (const line of message.split("\n")) {
      if (level === "ERROR" && line.trim() !== "") this.#lastError = line.slice(0, LONGEST);
      this.#lines += 1;
      if (this.#lines <= MOST_LINES) this.#write(level, line.slice(0, LONGEST));
      else this.#dropped += 1;
    }
  };

  /** The last line that was written as an error; empty when none was. */
  get lastError(): string {
    return this.#lastError;
  }

  /** What there was too much of, in words; nothing when all went through. */
  get excess(): string | undefined {
    if (this.#dropped === 0) return undefined;
    return `it wrote ${this.#lines} lines; the first ${MOST_LINES} are kept`;
  }
}
