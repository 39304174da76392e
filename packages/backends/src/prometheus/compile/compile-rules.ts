import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import { parsePromql } from "@orrery/query";
import type { RenderedRule, RenderedRuleGroup, Rule } from "@orrery/rules";
import { readRuleGroups, renderRuleGroups, scopeRules } from "@orrery/rules";
import type { Decoded, Telemetry } from "@orrery/telemetry";
import type { MatcherSet } from "@orrery/topology";
import { topologyMatchers } from "@orrery/topology";
import type { PrometheusCapabilities } from "../capabilities.ts";
import { isAtLeast } from "../capabilities.ts";

/** What {@link compileRules} takes beside the telemetry and the server. */
export interface CompileRulesOptions {
  readonly origin: Origin;
  /** What series bear in place of the topology, those of a unit alone by unit. */
  readonly standIn?: { readonly matchers: MatcherSet; readonly units: Readonly<Record<string, MatcherSet>> };
  /** Says which rules to take; all when absent. */
  readonly keeps?: (rule: Rule) => boolean;
}

/**
 * Reads and scopes a contributor's rules again, whoever sent them, and fits them to the server's version.
 *
 * A rule that does not parse, does not type, claims another identity or needs a newer server is left out, alone.
 */
export function compileRules(
  one: Telemetry,
  to: Pick<PrometheusCapabilities, "ruleScoping" | "version">,
  { origin, standIn, keeps = () => true }: CompileRulesOptions,
): Decoded<readonly RenderedRuleGroup[]> {
  const read = readRuleGroups(one.ruleGroups, { origin });
  const groups = read.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => aboutUnit(rule, one)).filter(keeps),
  }));
  const scoped = scopeRules(groups, {
    topology: one.identity,
    mode: to.ruleScoping,
    // Where the model is not known, series must not be asked to lack it.
    matchers: standIn?.matchers ?? topologyMatchers(one.identity).filter(({ value }) => value !== ""),
    ...(standIn ? { standIn } : {}),
  });
  const knowsOffset = isAtLeast(to.version, "2.53");
  const rendered = renderRuleGroups(scoped.groups, { keepFiringFor: true, queryOffset: knowsOffset });
  // What was let through with a remark was remarked on where it was read.
  const problems: Problem[] = [...read.problems, ...scoped.problems].filter(
    ({ severity }) => severity === "error",
  );
  const newer = (what: string, item: string, least: string): void => {
    const message = `${what} needs Prometheus ${least} or newer; this server is ${to.version}`;
    problems.push(
      problem("RULE_NEEDS_NEWER_SERVER", { message, severity: "warning", origin: { ...origin, item } }),
    );
  };
  for (const { name, queryOffset } of scoped.groups) {
    if (queryOffset !== undefined && !knowsOffset) newer("query_offset of the group", name, "2.53");
  }
  const value = rendered.groups.flatMap((group) => {
    const rules = group.rules.filter((rule) => {
      const parsed = parsePromql(rule.expr);
      const since = parsed.ok ? parsed.expression.since : to.version;
      if (!isAtLeast(to.version, since)) newer("expression", nameOf(rule), since);
      return isAtLeast(to.version, since);
    });
    return rules.length === 0 ? [] : [{ ...group, rules }];
  });
  return { value, problems };
}

/** A rule whose labels name a unit of its own application is about that unit, as presence rules are. */
function aboutUnit(rule: Rule, { identity }: Telemetry): Rule {
  const unit = rule.labels["juju_unit"];
  return unit?.startsWith(`${identity.application}/`) ? { ...rule, unit } : rule;
}

/** What a rule is called. */
export function nameOf(rule: RenderedRule): string {
  return "alert" in rule ? rule.alert : rule.record;
}
