import type { Json } from "@orrery/databag";
import type { Topology } from "@orrery/topology";

/** An application that sends log lines, with the rules that it sent for them. */
export interface LogSender {
  /** No unit. */
  readonly identity: Topology;
  readonly sentRules: readonly SentRuleGroup[];
}

/** A rule group as it was sent. Its rules are neither checked nor scoped: nothing may evaluate them as they stand. */
export interface SentRuleGroup {
  readonly name: string;
  /** At least one; objects with an `expr` and an `alert` or `record`, whatever else they hold. */
  readonly rules: readonly Readonly<Record<string, Json>>[];
}
