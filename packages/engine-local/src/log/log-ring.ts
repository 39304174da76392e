import type { Level, LogEvent, LogQuery } from "@orrery/engine";
import { printable } from "@orrery/engine";

/** An event that has no number yet. */
export type NewEvent = Omit<LogEvent, "sequence">;

/** What engine and charms say is kept apart from what workloads print, so that a chatty one crowds out nothing. */
const KEPT = { engine: 5000, workload: 2000 } as const;
const LEVELS: readonly Level[] = ["DEBUG", "INFO", "WARNING", "ERROR"];
const LONGEST = 2000;

/** The newest events of engine, charms and workloads, and those who follow them. */
export class LogRing {
  readonly #events: Record<keyof typeof KEPT, LogEvent[]> = { engine: [], workload: [] };
  readonly #followers = new Set<(event: LogEvent) => void>();
  #sequence = 0;

  /** Adds an event; its message becomes one line of printable characters. */
  write(from: keyof typeof KEPT, event: NewEvent): LogEvent {
    this.#sequence += 1;
    const kept: LogEvent = { ...event, sequence: this.#sequence, message: printable(event.message, LONGEST) };
    const list = this.#events[from];
    list.push(kept);
    // Cutting seldom keeps writing cheap.
    if (list.length > 2 * KEPT[from]) this.#events[from] = list.slice(-KEPT[from]);
    for (const follower of this.#followers) follower(kept);
    return kept;
  }

  /** What is kept and fits, oldest first. */
  read(query: LogQuery = {}): readonly LogEvent[] {
    const all = [...this.#events.engine.slice(-KEPT.engine), ...this.#events.workload.slice(-KEPT.workload)];
    const found = all.filter((event) => fits(event, query)).toSorted((a, b) => a.sequence - b.sequence);
    return query.limit === undefined ? found : found.slice(Math.max(0, found.length - query.limit));
  }

  /** Tells each event that comes and fits. The result ends it. */
  follow(query: LogQuery, listener: (event: LogEvent) => void): () => void {
    const follower = (event: LogEvent): void => {
      if (fits(event, query)) listener(event);
    };
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }
}

function fits(event: LogEvent, { entity, level, after }: LogQuery): boolean {
  return (
    event.sequence > (after ?? 0) &&
    LEVELS.indexOf(event.level) >= LEVELS.indexOf(level ?? "DEBUG") &&
    (entity === undefined || event.entity === entity || event.entity.startsWith(`${entity}/`))
  );
}
