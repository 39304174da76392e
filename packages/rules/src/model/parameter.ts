/** A parameter that holds a number, such as a threshold. */
export interface NumberParameter {
  readonly type: "number";
  readonly default: number;
  /** What the number counts, in words or as a symbol, such as `seconds` or `%`; for people only. */
  readonly unit?: string;
  /** The smallest value allowed, itself included. */
  readonly minimum?: number;
  /** The largest value allowed, itself included. */
  readonly maximum?: number;
  readonly description?: string;
}

/** A parameter that holds a Prometheus duration, such as `for`. */
export interface DurationParameter {
  readonly type: "duration";
  /** As Prometheus writes it: `5m`, `1h30m`, `0s`. */
  readonly default: string;
  /** The shortest duration allowed, itself included. */
  readonly minimum?: string;
  /** The longest duration allowed, itself included. */
  readonly maximum?: string;
  readonly description?: string;
}

/** How urgent an alert is: `critical` wakes a person, `warning` waits for the morning, `info` is only told. */
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** The severities, most urgent first. */
export const ALERT_SEVERITIES = ["critical", "warning", "info"] as const;

/** A parameter that holds a severity. */
export interface SeverityParameter {
  readonly type: "severity";
  readonly default: AlertSeverity;
  readonly description?: string;
}

/**
 * Something about a rule that an operator may tune without touching its text.
 *
 * Used in the rule's expression, labels, annotations or `for` as `%%name%%`.
 */
export type Parameter = NumberParameter | DurationParameter | SeverityParameter;

/** Values that replace defaults, by parameter name: `{ threshold: 0.05, for: "10m" }`. */
export type ParameterValues = Readonly<Record<string, number | string>>;

/** Overrides for several rules, by alert name and then by parameter name. */
export type RuleOverrides = Readonly<Record<string, ParameterValues>>;
