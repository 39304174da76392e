/** Juju's levels. */
export type Level = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** One line of the debug log. */
export interface LogEvent {
  /** Counts from 1 since the engine's start. */
  readonly sequence: number;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly level: Level;
  /** Unit or application; `engine` for what concerns neither. */
  readonly entity: string;
  /** One line, printable characters alone. */
  readonly message: string;
}

/** Which events to give. */
export interface LogQuery {
  /** A unit, or an application with all its units. */
  readonly entity?: string;
  readonly level?: Level;
  /** Only events after this sequence number. */
  readonly after?: number;
  /** The newest so many. */
  readonly limit?: number;
}

const KEPT = 5000;
const LEVELS: readonly Level[] = ["DEBUG", "INFO", "WARNING", "ERROR"];

/** The newest 5000 events, and those who listen to them. */
export class EventLog {
  readonly #clock: () => number;
  readonly #mask: (text: string) => string;
  readonly #listeners = new Set<(event: LogEvent) => void>();
  #events: LogEvent[] = [];
  #sequence = 0;

  /** @param mask - Takes out of a message what nobody should read. */
  constructor(clock: () => number, mask: (text: string) => string) {
    this.#clock = clock;
    this.#mask = mask;
  }

  write(level: Level, entity: string, message: string): void {
    this.#sequence += 1;
    const time = new Date(this.#clock()).toISOString();
    const event: LogEvent = {
      sequence: this.#sequence,
      time,
      level,
      entity,
      message: printable(this.#mask(message), 2000),
    };
    this.#events.push(event);
    // Cutting seldom keeps writing cheap.
    if (this.#events.length > 2 * KEPT) this.#events = this.#events.slice(-KEPT);
    for (const listener of this.#listeners) listener(event);
  }

  read(query: LogQuery = {}): readonly LogEvent[] {
    const least = LEVELS.indexOf(query.level ?? "DEBUG");
    const found = this.#events
      .slice(-KEPT)
      .filter(
        (event) =>
          event.sequence > (query.after ?? 0) &&
          LEVELS.indexOf(event.level) >= least &&
          (query.entity === undefined ||
            event.entity === query.entity ||
            event.entity.startsWith(`${query.entity}/`)),
      );
    return query.limit === undefined ? found : found.slice(Math.max(0, found.length - query.limit));
  }

  /** Tells every event from now on. The result ends it. */
  listen(listener: (event: LogEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** One line without control or direction characters, whatever others wrote; cut past `most` characters. */
export function printable(text: string, most: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
