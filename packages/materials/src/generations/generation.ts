import type { MaterialRequest, MaterialView } from "@orrery/charm";

/** A material as a host keeps it. Its values are secrets: they stand in no log, journal or report. */
export interface MaterialGeneration {
  /** What it was made for. */
  readonly request: MaterialRequest;
  readonly current: string;
  /** The value before, until the outcome lets it go. */
  readonly previous?: string;
  /** When the current value was made; RFC 3339, UTC. */
  readonly since: string;
  /** The `rotateAt` that has been seen to. */
  readonly rotated?: string;
  /** Digests of the values that it was made from, by id: it is made anew when one is another. */
  readonly madeFrom: Readonly<Record<string, string>>;
  /** How often somebody asked for a new generation since the current one was made. */
  readonly asked?: number;
}

/** What of a material its charm sees. */
export function materialView({ current, previous, since }: MaterialGeneration): MaterialView {
  return previous === undefined ? { current, since } : { current, previous, since };
}

/** Whether a new generation must be made although nothing that it is made from changed. `now` is milliseconds since 1970, UTC. */
export function isDue({ request, rotated, asked = 0 }: MaterialGeneration, now: number): boolean {
  return asked > 0 || (request.rotateAt !== rotated && hasPassed(request.rotateAt, now));
}

/** Whether a moment has come; never one that is not said or cannot be read. */
export function hasPassed(moment: string | undefined, now: number): boolean {
  return moment !== undefined && Date.parse(moment) <= now;
}
