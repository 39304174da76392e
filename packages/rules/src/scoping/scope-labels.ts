import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ScopeMode } from "@orrery/query";
import type { Topology } from "@orrery/topology";
import { IDENTITY_LABELS, identityLabels } from "@orrery/topology";
import type { Rule } from "../model/rule-group.ts";
import { literal } from "../templates/literal.ts";

/** Labels with the identity, or none where the rule claims another. */
export interface ScopedLabels {
  readonly labels?: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/**
 * Writes the identity labels of a rule last: model, model UUID, application and charm; the unit only where the rule is about one.
 *
 * Strict mode refuses a rule that says otherwise; compatible mode keeps what it says, as forwarded rules keep their origin.
 */
export function scopeLabels(rule: Rule, topology: Topology, mode: ScopeMode): ScopedLabels {
  const { unit: _unit, ...application } = topology;
  const { origin } = rule;
  if (rule.unit !== undefined && !rule.unit.startsWith(`${topology.application}/`)) {
    const message = `rule is about the unit ${rule.unit}, which is none of ${topology.application}`;
    return { problems: [problem("RULE_FOREIGN_IDENTITY", { origin, message })] };
  }
  const ours = ownLabels(rule, rule.unit === undefined ? application : { ...application, unit: rule.unit });
  const problems: Problem[] = [];
  const kept: [string, string][] = [];
  for (const name of IDENTITY_LABELS) {
    const theirs = rule.labels[name];
    if (theirs === undefined || theirs === ours[name]) continue;
    const limit =
      ours[name] === undefined ? "which is not its own" : `its own is ${JSON.stringify(ours[name])}`;
    const message = `label ${name} is ${JSON.stringify(theirs)}, ${limit}`;
    if (mode === "strict") problems.push(problem("RULE_FOREIGN_IDENTITY", { origin, message }));
    else {
      problems.push(problem("RULE_IDENTITY_KEPT", { origin, severity: "info", message }));
      kept.push([name, theirs]);
    }
  }
  if (mode === "strict" && problems.length > 0) return { problems };
  const own = Object.entries(rule.labels).filter(
    ([name]) => !IDENTITY_LABELS.some((label) => label === name),
  );
  const identity = { ...ours, ...Object.fromEntries(kept) };
  const last = IDENTITY_LABELS.flatMap((name) =>
    identity[name] === undefined ? [] : [[name, identity[name]] as const],
  );
  return { labels: Object.fromEntries([...own, ...last]), problems };
}

/** A foreign charm names its own model and application, so what it sends there must not become a template of an alert. */
function ownLabels(rule: Rule, topology: Topology): Readonly<Record<string, string | undefined>> {
  const labels = Object.entries(identityLabels(topology));
  return Object.fromEntries(
    rule.kind === "alert" ? labels.map(([name, text]) => [name, literal(text)]) : labels,
  );
}
