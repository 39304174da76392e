import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ScopeMode, ScopePromqlOptions } from "@orrery/query";
import type { MatcherSet, Topology } from "@orrery/topology";
import { topologyMatchers } from "@orrery/topology";
import { checkRule } from "../checking/check-rule.ts";
import type { RuleOverrides } from "../model/parameter.ts";
import type { Rule, RuleGroup } from "../model/rule-group.ts";
import { ruleName } from "../model/rule-group.ts";
import { bindParameters } from "../parameters/bind-parameters.ts";
import type { ReadGroups } from "../reading/read-rule-groups.ts";
import { scopeExpression } from "./scope-expression.ts";
import { scopeLabels } from "./scope-labels.ts";
import type { ScopingBudget } from "./scoping-budget.ts";
import { MAX_SCOPING_TOKENS, scopingBudget } from "./scoping-budget.ts";

/** What {@link scopeRules} takes beside the groups. */
export interface ScopeRulesOptions {
  /** Whose rules they are; its labels are written last. */
  readonly topology: Topology;
  readonly mode: ScopeMode;
  /** What every selector gets; the matchers of the topology when absent. */
  readonly matchers?: MatcherSet;
  /** Says that `matchers` stand in for the topology's own, which rules may bear and lose; where given, what stands in for a unit. */
  readonly standIn?: { readonly units: Readonly<Record<string, MatcherSet>> };
  /** Values for parameters, by name of alert or recorded series. */
  readonly overrides?: RuleOverrides;
  /** Who answers for alerts that name no owner. */
  readonly owner?: string;
  /** What is left of the contributor's; the whole of one when absent. */
  readonly budget?: ScopingBudget;
}

/**
 * Makes rules safe to send: parameters become values, texts are checked, expressions and evidence are held to the identity, identity
 * labels are written last.
 *
 * A bad rule is left out alone, with problems that name its file, line, name and place; what goes out of all others does not depend
 * on it. Groups without rules are left out.
 *
 * Problems, beside those of `parsePromql`, `scopePromql` and {@link bindParameters}: `RULE_INVALID`, `RULE_TEMPLATE`,
 * `RULE_FOREIGN_IDENTITY`, `RULE_IDENTITY_KEPT`, `RULE_NO_NEXT_STEP`, and `RULES_TOO_MANY` for rules past the budget.
 */
export function scopeRules(groups: readonly RuleGroup[], given: ScopeRulesOptions): ReadGroups {
  const options = { ...given, budget: given.budget ?? scopingBudget() };
  const problems: Problem[] = [...vanished(groups, options.overrides ?? {})];
  const scoped = groups.flatMap((group) => {
    const rules = group.rules.flatMap((rule) => {
      const one = scopeRule(rule, options);
      problems.push(...one.problems);
      return one.rule ?? [];
    });
    return rules.length === 0 ? [] : [{ ...group, rules }];
  });
  return { groups: scoped, problems };
}

/** Overrides of rules that do not exist, which would otherwise be forgotten without a word. */
function vanished(groups: readonly RuleGroup[], overrides: RuleOverrides): readonly Problem[] {
  const names = new Set(groups.flatMap((group) => group.rules.map(ruleName)));
  return Object.keys(overrides)
    .filter((name) => !names.has(name))
    .map((name) =>
      problem("RULE_OVERRIDE_INVALID", {
        origin: { item: name },
        message: `override names the rule ${JSON.stringify(name)}, which does not exist`,
      }),
    );
}

/** A rule that may go out, if it may. */
interface ScopedRule {
  readonly rule?: Rule;
  readonly problems: readonly Problem[];
}

function scopeRule(
  written: Rule,
  options: ScopeRulesOptions & { readonly budget: ScopingBudget },
): ScopedRule {
  const { origin } = written;
  const { topology, mode, overrides = {}, owner, budget } = options;
  if (budget.left <= 0) {
    const message = `rule is past the ${MAX_SCOPING_TOKENS} tokens of expressions that are taken of one contributor`;
    return { problems: [problem("RULES_TOO_MANY", { origin, message })] };
  }
  const name = ruleName(written);
  const bound = bindParameters(written, (Object.hasOwn(overrides, name) ? overrides[name] : undefined) ?? {});
  const rule: Rule =
    bound.rule.kind === "alert" && bound.rule.owner === undefined && owner !== undefined
      ? { ...bound.rule, owner }
      : bound.rule;
  if (bound.problems.some(({ code }) => code === "RULE_PARAMETER_INVALID"))
    return { problems: bound.problems };
  const faults = checkRule(rule, mode).map(({ code, message }) => problem(code, { origin, message }));
  const labels = scopeLabels(rule, topology, mode);
  const within = { ...matchersOf(rule, options), mode, origin };
  const expression = scopeExpression(rule.expr, within);
  const evidence = scopeEvidence(rule, within);
  budget.left -= expression.tokens + evidence.tokens;
  const problems = [
    ...bound.problems,
    ...faults,
    ...labels.problems,
    ...expression.problems,
    ...evidence.problems,
  ];
  if (faults.length > 0 || labels.labels === undefined || expression.text === undefined) return { problems };
  if (mode === "strict" && wakesWithoutAdvice(rule)) {
    const message = `alert ${name} is critical and says no next step`;
    problems.push(problem("RULE_NO_NEXT_STEP", { origin, severity: "warning", message }));
  }
  return { rule: { ...evidence.rule, expr: expression.text, labels: labels.labels }, problems };
}

function matchersOf(
  { unit }: Rule,
  { topology, matchers = topologyMatchers(topology), standIn }: ScopeRulesOptions,
): Pick<ScopePromqlOptions, "matchers" | "insteadOf"> {
  const own = unit === undefined ? [] : [{ name: "juju_unit", op: "=", value: unit } as const];
  if (!standIn) return { matchers: [...matchers, ...own] };
  return {
    matchers: (unit === undefined ? undefined : standIn.units[unit]) ?? matchers,
    insteadOf: [...topologyMatchers(topology), ...own],
  };
}

/** Scopes the evidence of an alert, or leaves it out: the alert itself is worth more than its evidence. */
function scopeEvidence(
  rule: Rule,
  options: ScopePromqlOptions,
): { readonly rule: Rule; readonly problems: readonly Problem[]; readonly tokens: number } {
  if (rule.kind === "record" || rule.evidence === undefined) return { rule, problems: [], tokens: 0 };
  const { evidence, ...bare } = rule;
  const { text, problems, tokens } = scopeExpression(evidence, options);
  const told = problems.map((found) => ({ ...found, message: `evidence is left out: ${found.message}` }));
  return text === undefined
    ? { rule: bare, problems: told, tokens }
    : { rule: { ...rule, evidence: text }, problems, tokens };
}

function wakesWithoutAdvice(rule: Rule): boolean {
  const wakes = ["critical", "page"].includes(rule.labels["severity"] ?? "");
  return (
    rule.kind === "alert" &&
    wakes &&
    rule.next === undefined &&
    rule.annotations["next_step"] === undefined &&
    rule.annotations["runbook_url"] === undefined
  );
}
