import type { Expectation, Reading, Signal } from "@orrery/charm";
import type { Code, Severity } from "@orrery/problems";
import type { Link } from "../chain/link.ts";

/**
 * What came of asking.
 *
 * - `verified`: something was expected, and all of it was read back.
 * - `incomplete`: something is still missing, unknown or led nowhere.
 * - `failed`: something was refused, or is there and does not work.
 */
export type Verdict = "verified" | "incomplete" | "failed";

/** A place where the way from declaration to delivery is broken. */
export interface Finding {
  /** The first link that does not hold. */
  readonly link: Link;
  readonly code: Code;
  readonly severity: Severity;
  /** Empty when no one application is meant. */
  readonly application: string;
  /** Where it comes from, as far as is known, in words. */
  readonly origin: string;
  readonly message: string;
  readonly remedy: string;
}

/** One thing that was expected, and what was read back of it. */
export interface Item
  extends Pick<Expectation, "application" | "kind" | "name" | "signal" | "unit">, Omit<Reading, "problem"> {
  /** What it is in a few words: `rule StorefrontErrorRate`. */
  readonly title: string;
  /** The unit whose system was asked, such as `prometheus/0`. */
  readonly system: string;
  /** Why it has not arrived; absent when it has. */
  readonly broken?: Finding;
}

/** What is expected of one signal of one application. */
export interface SignalReport {
  readonly signal: Signal;
  readonly expected: number;
  readonly arrived: number;
  /** Age of the oldest evidence in seconds, where systems tell it. */
  readonly oldestSeconds?: number;
  readonly items: readonly Item[];
}

/** What is expected of one application. */
export interface ApplicationReport {
  readonly application: string;
  readonly signals: readonly SignalReport[];
}

/** Everything that was expected, what of it was read back, and where the way is broken. Plain JSON. */
export interface VerifyReport {
  readonly verdict: Verdict;
  readonly expected: number;
  readonly arrived: number;
  /** By name. */
  readonly applications: readonly ApplicationReport[];
  /** In order of the chain. */
  readonly findings: readonly Finding[];
}
