import type { Json } from "@orrery/databag";
import type { Origin, Problem } from "@orrery/problems";
import type { ScopeMode } from "@orrery/query";
import { readRuleGroups, renderRuleGroups, scopeRules, scopingBudget } from "@orrery/rules";
import type { RenderedRuleGroup, Rule, RuleGroup, ScopingBudget } from "@orrery/rules";
import type { Decoded } from "@orrery/telemetry";
import { identifier, topologyMatchers } from "@orrery/topology";
import type { Topology } from "@orrery/topology";

/** What rules are read against. */
export interface RuleScope {
  readonly identity: Topology;
  /** Units of the other side: a rule may watch over one of them alone. */
  readonly units: readonly string[];
  readonly scoping: ScopeMode;
  readonly origin: Origin;
}

/**
 * Takes the rules that another application sent, each by itself: read, checked and scoped again, whatever the sender did.
 *
 * In compatible mode a rule that bears another identity is held to that one, as rules that were forwarded are.
 */
export function readRules(groups: readonly Json[], scope: RuleScope): Decoded<readonly RenderedRuleGroup[]> {
  const { identity, origin } = scope;
  const read = readRuleGroups(groups, { identifier: identifier(identity), origin });
  const problems: Problem[] = [...read.problems];
  const contributor = { ...scope, budget: scopingBudget() };
  const scoped = read.groups.flatMap((group) => {
    const rules = group.rules.flatMap((rule) => {
      const taken = scopeRule(group, rule, contributor);
      problems.push(...taken.problems);
      return taken.value;
    });
    return rules.length === 0 ? [] : [{ ...group, rules }];
  });
  return {
    value: renderRuleGroups(scoped, { keepFiringFor: true, queryOffset: true }).groups,
    // What its author should write better is for its author's own tools to say.
    problems: problems.filter(({ code }) => code !== "RULE_NO_NEXT_STEP"),
  };
}

function scopeRule(
  group: RuleGroup,
  sent: Rule,
  { identity, units, scoping, budget }: RuleScope & { readonly budget: ScopingBudget },
): Decoded<readonly Rule[]> {
  const { juju_unit: unit, ...labels } = sent.labels;
  const ofUnit = unit !== undefined && (scoping === "compatible" || units.includes(unit));
  const rule = ofUnit ? { ...sent, labels, unit } : sent;
  const topology = scoping === "compatible" ? claimedBy(rule, identity) : identity;
  const scoped = scopeRules([{ ...group, rules: [rule] }], {
    topology,
    mode: scoping,
    budget,
    // A host that does not know the model must not match series that lack the label.
    matchers: topologyMatchers(topology).filter(({ value }) => value !== ""),
  });
  return { value: scoped.groups.flatMap(({ rules }) => rules), problems: scoped.problems };
}

/** The identity that a rule's own labels name, if they name a whole one. */
function claimedBy({ labels }: Rule, fallback: Topology): Topology {
  const {
    juju_model: model,
    juju_model_uuid: modelUuid,
    juju_application: application,
    juju_charm: charm,
  } = labels;
  if (!model || !modelUuid || !application) return fallback;
  return { model, modelUuid, application, ...(charm ? { charm } : {}) };
}
