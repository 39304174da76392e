import type { Reading } from "@orrery/charm";
import { problem } from "@orrery/problems";

/** The reading of everything that was to be asked of a system that did not answer. */
export function unknown(reason: string): Reading {
  return {
    state: "unknown",
    evidence: reason,
    problem: problem("BACKEND_UNREACHABLE", { message: reason, severity: "warning" }),
  };
}

/** Writes an age as a person reads it: `1.2 s`, `3 min`. */
export function age(seconds: number): string {
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}
