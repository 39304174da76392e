import type { Topology } from "@orrery/topology";
import { identifier } from "@orrery/topology";
import type { Parameter } from "../model/parameter.ts";
import type { AlertRule, RuleGroup } from "../model/rule-group.ts";
import { groupName } from "../naming/group-name.ts";

/**
 * Gives the rules that every scraped application has: a target that can't be scraped, and no target at all.
 *
 * `for` (5m) and `severity` are parameters, so operators tune them (`host-down-for`). They go through `scopeRules` like any other.
 *
 * @see canonical/cos-lib, `src/cosl/rules.py`, `generic_alert_groups`.
 */
export function hostHealth(topology: Topology): RuleGroup {
  const { application } = topology;
  return {
    name: groupName({ identifier: identifier(topology), name: "HostHealth" }),
    origin: { application, item: "HostHealth" },
    rules: [
      {
        kind: "alert",
        alert: "HostDown",
        expr: "up < 1",
        labels: {},
        annotations: {},
        parameters: parameters("critical", "How long a target must have failed to answer."),
        summary: "{{ $labels.instance }} of {{ $labels.juju_application }} does not answer scrapes",
        evidence: "up",
        next: "See whether the process runs and listens on {{ $labels.instance }}; if it does, whether something stands between it and Prometheus.",
        origin: { application, item: "HostDown", index: 0 },
      },
      {
        kind: "alert",
        alert: "HostMetricsMissing",
        expr: "absent(up)",
        labels: {},
        annotations: {},
        parameters: parameters("warning", "How long there must have been no target."),
        summary: `${application} has no targets`,
        evidence: "up",
        next: `See whether ${application} is still related and has units; if it should, whether its targets were declared.`,
        origin: { application, item: "HostMetricsMissing", index: 1 },
      },
    ],
  };
}

/**
 * Gives one rule for each unit that should be there: it fires when no target of the unit was scraped with success.
 *
 * A unit is noticed by its absence whether it went silent, lost its target or never arrived, and the alert bears the unit, which
 * `absent` over all units could not tell. The rules are made anew from the inventory, so a unit that was removed takes its rule along.
 *
 * @param units - Names of the units that are expected to be scraped, such as `zinc/0`.
 */
export function presenceRules(topology: Topology, units: readonly string[]): RuleGroup {
  const { application } = topology;
  return {
    name: groupName({ identifier: identifier(topology), name: "UnitPresence" }),
    origin: { application, item: "UnitPresence" },
    rules: [...new Set(units)].map((unit, index): AlertRule => ({
      kind: "alert",
      alert: "UnitMetricsMissing",
      expr: "absent(up == 1)",
      unit,
      labels: {},
      annotations: {},
      parameters: parameters("critical", "How long a unit must have sent nothing."),
      summary: `${unit} sends no metrics`,
      evidence: "up",
      next: `See whether ${unit} runs; if it does, whether its metrics endpoint answers and is among the targets.`,
      origin: { application, unit, item: "UnitMetricsMissing", index },
    })),
  };
}

function parameters(
  severity: "critical" | "warning",
  description: string,
): Readonly<Record<string, Parameter>> {
  return {
    for: { type: "duration", default: "5m", description },
    severity: { type: "severity", default: severity, description: "How urgent it is." },
  };
}
