/** An alerting rule with Prometheus's own keys only. @see Prometheus 3.x, `model/rulefmt`, `Rule`. */
export interface RenderedAlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A recording rule with Prometheus's own keys only. @see Prometheus 3.x, `model/rulefmt`, `Rule`. */
export interface RenderedRecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A rule as Prometheus reads it. */
export type RenderedRule = RenderedAlertRule | RenderedRecordingRule;

/** A group as Prometheus reads it. @see Prometheus 3.x, `model/rulefmt`, `RuleGroup`. */
export interface RenderedRuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly query_offset?: string;
  readonly limit?: number;
  readonly rules: readonly RenderedRule[];
}

/** A rule file as Prometheus reads it, and as relation bags carry it. */
export interface RenderedRuleGroups {
  readonly groups: readonly RenderedRuleGroup[];
}
