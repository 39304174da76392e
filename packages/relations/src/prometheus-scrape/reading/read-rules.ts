import type { Json } from "@orrery/databag";
import type { Origin } from "@orrery/problems";
import type { ScopeMode } from "@orrery/query";
import type { RenderedRuleGroup } from "@orrery/rules";
import type { Decoded } from "@orrery/telemetry";
import type { Topology } from "@orrery/topology";

/** What rules are read against. */
export interface RuleScope {
  readonly identity: Topology;
  readonly scoping: ScopeMode;
  readonly origin: Origin;
}

/** Reads rule groups. */
export function readRules(
  _groups: readonly Json[],
  _scope: RuleScope,
): Decoded<readonly RenderedRuleGroup[]> {
  return { value: [], problems: [] };
}
