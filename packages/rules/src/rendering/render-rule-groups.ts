import type { RenderedRule, RenderedRuleGroup, RenderedRuleGroups } from "../model/rendered-rule-group.ts";
import type { AlertRule, Rule, RuleGroup } from "../model/rule-group.ts";
import { bindParameters } from "../parameters/bind-parameters.ts";
import { literal } from "../templates/literal.ts";

/** What the Prometheus that reads the groups has. */
export interface RenderRuleGroupsOptions {
  /** It knows `keep_firing_for`, as 2.42 and newer do. */
  readonly keepFiringFor: boolean;
  /** It knows `query_offset`, as 2.53 and newer do; false when absent. */
  readonly queryOffset?: boolean;
}

/**
 * Writes groups with Prometheus's own keys only, as plain JSON.
 *
 * What an alert says of owner, evidence, next step and summary becomes annotations, with the value beside them, unless its author
 * wrote annotations of those names. Parameters that are still unbound take their defaults.
 */
export function renderRuleGroups(
  groups: readonly RuleGroup[],
  options: RenderRuleGroupsOptions,
): RenderedRuleGroups {
  return { groups: groups.map((group) => renderGroup(group, options)) };
}

function renderGroup(
  { name, interval, queryOffset, limit, rules }: RuleGroup,
  options: RenderRuleGroupsOptions,
): RenderedRuleGroup {
  return {
    name,
    ...(interval !== undefined && { interval }),
    ...(queryOffset !== undefined && options.queryOffset === true && { query_offset: queryOffset }),
    ...(limit !== undefined && { limit }),
    rules: rules.map((rule) => renderRule(bindParameters(rule, {}).rule, options)),
  };
}

function renderRule(rule: Rule, { keepFiringFor }: RenderRuleGroupsOptions): RenderedRule {
  const labels = Object.keys(rule.labels).length > 0 ? { labels: { ...rule.labels } } : {};
  if (rule.kind === "record") return { record: rule.record, expr: rule.expr, ...labels };
  const annotations = renderAnnotations(rule);
  return {
    alert: rule.alert,
    expr: rule.expr,
    ...(rule.for !== undefined && { for: rule.for }),
    ...(rule.keepFiringFor !== undefined && keepFiringFor && { keep_firing_for: rule.keepFiringFor }),
    ...labels,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function renderAnnotations({
  annotations,
  owner,
  evidence,
  next,
  summary,
}: AlertRule): Readonly<Record<string, string>> {
  const ours = {
    ...(summary !== undefined && { summary }),
    ...(owner !== undefined && { owner }),
    ...(evidence !== undefined && { evidence: literal(evidence) }),
    ...(next !== undefined && { next_step: next }),
  };
  if (Object.keys(ours).length === 0) return { ...annotations };
  return { ...ours, value: "{{ $value | humanize }}", ...annotations };
}
