import type { PublicationCounters } from "@orrery/engine";

/** Counts exactly what making an outcome true costs. */
export class Cost {
  #counters = { filesWritten: 0, bytesWritten: 0, filesRemoved: 0, filesChecked: 0, reloads: 0, restarts: 0 };

  /** A file was written. */
  wrote(content: string): void {
    this.add({ filesWritten: 1, bytesWritten: Buffer.byteLength(content) });
  }

  /** A file was removed. */
  removed(): void {
    this.add({ filesRemoved: 1 });
  }

  /** Adds counts made elsewhere. */
  add(more: Partial<PublicationCounters>): void {
    for (const name of Object.keys(this.#counters) as (keyof PublicationCounters)[]) {
      this.#counters[name] += more[name] ?? 0;
    }
  }

  /** The counts so far. */
  get counters(): PublicationCounters {
    return { ...this.#counters };
  }
}
