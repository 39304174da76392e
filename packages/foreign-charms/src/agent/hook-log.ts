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

  constructor(write: (level: Level, message: string) => void) {
    this.#write = write;
  }

  readonly write = (level: Level, message: string): void => {
    this.#lines += 1;
    if (this.#lines <= MOST_LINES) this.#write(level, message.slice(0, LONGEST));
    else this.#dropped += 1;
  };

  /** What there was too much of, in words; nothing when all went through. */
  get excess(): string | undefined {
    if (this.#dropped === 0) return undefined;
    return `it wrote ${this.#lines} lines; the first ${MOST_LINES} are kept`;
  }
}
