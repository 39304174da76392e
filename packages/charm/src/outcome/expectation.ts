import type { Problem } from "@orrery/problems";

/** A signal of telemetry, or what is done with it. */
export type Signal = "metrics" | "rules" | "alerting" | "logs" | "traces" | "dashboards";

/** One thing that a monitoring system should be found to have. */
export interface Expectation {
  readonly signal: Signal;
  /** What it is there: a `target`, a `rule`, an `alertmanager`, a `delivery`. */
  readonly kind: string;
  /** What the system calls it; unique for its kind and container. */
  readonly name: string;
  /** The application on whose account it should be there. */
  readonly application: string;
  readonly unit?: string;
  /** The container, or the foreign system, whose backend is asked. */
  readonly container: string;
  /** More that the backend needs to find it, as texts. */
  readonly match?: Readonly<Record<string, string>>;
}

/** What a backend answered about one expectation. Unknown is never live. */
export interface Reading {
  readonly state: "live" | "pending" | "failed" | "unknown";
  /** What was seen, in words and numbers: `up, 42 samples, scraped 1.2 s ago`. */
  readonly evidence: string;
  /** Age of the evidence in seconds, where the system tells it. */
  readonly ageSeconds?: number;
  readonly problem?: Problem;
}
