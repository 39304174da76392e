import type { ServiceView } from "@orrery/charm";
import type { SuperviseStatus } from "./supervise-status.ts";

/** How a service ended when nobody had asked it to. */
export interface Ended {
  /** Since the service was last started or changed by its host. */
  readonly count: number;
  /** Exit code; -1 when a signal ended it. */
  readonly exitCode: number;
  /** Number of the signal, 0 when none. */
  readonly signal: number;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** All that is looked at to tell how a service is. */
export interface ServiceSigns {
  /** Whether the supervisor itself runs. */
  readonly supervised: boolean;
  /** Absent until the supervisor has taken the service up. */
  readonly status?: SuperviseStatus;
  readonly ended?: Ended;
  /** Read only when it is needed. */
  readonly lastLines: () => string;
}

/** A start counts as successful after one second. @see Pebble, services: back-off. */
const STARTED_AFTER_MS = 1000;
/** An end so short ago makes a service that is just starting one in back-off. */
const RECENTLY_MS = 5000;

/** Tells how a service is, in the words of a view. */
export function serviceState(signs: ServiceSigns, nowMs: number): ServiceView {
  const restarts = signs.ended?.count ?? 0;
  if (!signs.supervised) return { status: "unknown", restarts, message: "the supervisor does not run" };
  const { status, ended } = signs;
  if (!status) return { status: "starting", restarts };
  const failing = (): ServiceView => ({
    status: "backoff",
    restarts,
    message: describe(ended, signs.lastLines()),
  });
  if (status.state === "run") {
    if (nowMs - status.sinceMs >= STARTED_AFTER_MS) return { status: "running", restarts };
    return ended && nowMs - ended.atMs < RECENTLY_MS ? failing() : { status: "starting", restarts };
  }
  if (status.wants === "down") {
    return { status: "stopped", restarts, ...(ended ? { message: describe(ended, signs.lastLines()) } : {}) };
  }
  return ended ? failing() : { status: "starting", restarts };
}

function describe(ended: Ended | undefined, lastLines: string): string {
  const how = !ended
    ? "ended"
    : ended.exitCode >= 0
      ? `ended with exit code ${ended.exitCode}`
      : `ended by signal ${ended.signal}`;
  return lastLines ? `${how}: ${lastLines}` : how;
}
