/** Clocks differ: a certificate counts from five minutes before it was made. */
const SKEW_MS = 5 * 60_000;

/** From when until when a certificate counts, in whole seconds, as certificates have them. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A little before `nowMs` until so many seconds after it; within `bounds` when there are any. Milliseconds since 1970, UTC. */
export function validityFrom(nowMs: number, seconds: number, bounds?: Validity): Validity {
  const start = Math.floor((nowMs - SKEW_MS) / 1000) * 1000;
  const end = Math.floor(nowMs / 1000 + seconds) * 1000;
  return {
    notBefore: new Date(Math.max(start, bounds?.notBefore.getTime() ?? start)),
    notAfter: new Date(Math.min(end, bounds?.notAfter.getTime() ?? end)),
  };
}
