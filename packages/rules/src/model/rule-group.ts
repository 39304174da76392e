import type { Origin } from "@orrery/problems";
import type { Parameter } from "./parameter.ts";

/** What alerting and recording rules have in common. */
interface RuleBase {
  /** PromQL; `%%name%%` stands for a parameter, `%%juju_topology%%` for the identity matchers. */
  readonly expr: string;
  /** The author's labels and the group's; identity labels are written last, by scoping. */
  readonly labels: Readonly<Record<string, string>>;
  /** What an operator may tune, by name. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The unit that the rule is about, such as `zinc/0`; generated rules alone have it, and it becomes a matcher and a label. */
  readonly unit?: string;
  /** The file, group and place that the rule came from. */
  readonly origin: Origin;
}

/** A rule that raises an alert. */
export interface AlertRule extends RuleBase {
  readonly kind: "alert";
  readonly alert: string;
  /** Prometheus duration for which the expression must hold; at once when absent. */
  readonly for?: string;
  /** Prometheus duration for which the alert goes on firing after the expression ceased to hold; Prometheus 2.42 or newer. */
  readonly keepFiringFor?: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Who answers for it: a team or an address; rendered as the annotation `owner`. */
  readonly owner?: string;
  /** A PromQL expression that shows what is wrong; scoped like `expr` and rendered as the annotation `evidence`. */
  readonly evidence?: string;
  /** What the person who is woken does next; rendered as the annotation `next_step`. */
  readonly next?: string;
  /** One sentence for the notification's first line; rendered as the annotation `summary`. */
  readonly summary?: string;
}

/** A rule that records an expression's result as a new series. */
export interface RecordingRule extends RuleBase {
  readonly kind: "record";
  readonly record: string;
}

/** An alerting or a recording rule, as its author wrote it: parameters unbound, expression unscoped. */
export type Rule = AlertRule | RecordingRule;

/** Rules that are evaluated one after the other at one interval. */
export interface RuleGroup {
  readonly name: string;
  /** Prometheus duration between evaluations; the server's own when absent. */
  readonly interval?: string;
  /** Prometheus duration by which evaluation looks back; Prometheus 2.53 or newer. */
  readonly queryOffset?: string;
  /** The most alerts or series that one rule may yield; none when absent. */
  readonly limit?: number;
  readonly rules: readonly Rule[];
  /** The file, or the declaration, that the group came from. */
  readonly origin: Origin;
}

/** The name of an alert or of a recorded series. */
export function ruleName(rule: Rule): string {
  return rule.kind === "alert" ? rule.alert : rule.record;
}
