import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { FingerprintOptions } from "@orrery/query";
import { checkRegexp, fingerprint, listSelectors, parsePromql } from "@orrery/query";
import type { RenderedRuleGroup } from "@orrery/rules";
import type { Matcher } from "@orrery/topology";
import type { TheirRule } from "../capabilities.ts";
import type { FilesTarget } from "./files-target.ts";

/** What the series of one target bear. */
export type TargetLabels = Readonly<Record<string, string>>;

/** Labels that say whose series are meant, not what is asked of them. */
const WHOSE = new Set(["job", "instance", "namespace", "pod", "service", "cluster"]);

/**
 * Finds alerts of ours that ask what an alert of the server's user asks already of the same targets, thresholds apart.
 *
 * @param targets - What the targets that our rules watch bear in the server.
 */
export function overlaps(
  groups: readonly RenderedRuleGroup[],
  to: FilesTarget,
  on: { readonly targets: readonly TargetLabels[]; readonly origin: Origin },
): readonly Problem[] {
  const theirs = alertsOf(to);
  return groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => {
      if (!("alert" in rule)) return [];
      const [exact, alike] = [printOf(rule.expr, to, false), printOf(rule.expr, to, true)];
      const meets = (one: TheirAlert): boolean =>
        on.targets.some((labels) =>
          one.whose.every((all) => all.every((matcher) => meetsLabel(matcher, labels))),
        );
      const near = (theirs.get(alike) ?? []).filter(meets);
      const same = near.find((one) => one.exact === exact);
      const [found] = same ? [same] : near;
      if (!found) return [];
      const how = same ? "asks the same as" : "differs in numbers alone from";
      const { name, group, file } = found.rule;
      const message = `alert ${rule.alert} ${how} the server's own alert ${name} (group ${group}, ${file})`;
      return [
        problem("EXTERNAL_RULE_OVERLAPS", {
          message,
          severity: "warning",
          origin: { ...on.origin, item: rule.alert },
        }),
      ];
    }),
  );
}

/** An alert of the server's user: what it asks, and of whose series, selector by selector. */
interface TheirAlert {
  readonly rule: TheirRule;
  readonly exact: string;
  readonly whose: readonly (readonly Matcher[])[];
}

type Alerts = ReadonlyMap<string, readonly TheirAlert[]>;

const indexes = new WeakMap<readonly TheirRule[], { readonly prefix: string; readonly alerts: Alerts }>();

/** The server's alerts by what they ask, numbers apart; made once for each look. */
function alertsOf(to: FilesTarget): Alerts {
  const { rules } = to.capabilities;
  const before = indexes.get(rules);
  if (before?.prefix === to.labelPrefix) return before.alerts;
  const alerts = new Map<string, TheirAlert[]>();
  for (const rule of rules) {
    const parsed = rule.alerts ? parsePromql(rule.expr) : undefined;
    if (!parsed?.ok) continue;
    const whose = listSelectors(parsed.expression).map(({ matchers }) =>
      matchers.filter(({ name }) => isWhose(name, to)),
    );
    const key = printOf(rule.expr, to, true);
    alerts.set(key, [...(alerts.get(key) ?? []), { rule, exact: printOf(rule.expr, to, false), whose }]);
  }
  indexes.set(rules, { prefix: to.labelPrefix, alerts });
  return alerts;
}

function printOf(expr: string, to: FilesTarget, withoutNumbers: boolean): string {
  const parsed = parsePromql(expr);
  if (!parsed.ok) return expr;
  const options: FingerprintOptions = { ignores: (label) => isWhose(label, to), withoutNumbers };
  return fingerprint(parsed.expression, options);
}

function isWhose(label: string, { labelPrefix }: FilesTarget): boolean {
  return label.startsWith(labelPrefix) || label.startsWith("juju_") || WHOSE.has(label);
}

/** A pattern that cannot be tried here is taken to match: a note too many does no harm. */
function meetsLabel({ name, op, value }: Matcher, labels: TargetLabels): boolean {
  const found = labels[name] ?? "";
  if (op === "=") return found === value;
  if (op === "!=") return found !== value;
  if (!checkRegexp(value).ok || !PLAIN_PATTERN.test(value)) return true;
  return new RegExp(`^(?:${value})$`, "u").test(found) === (op === "=~");
}

/** Patterns that JavaScript reads as Go does, and that take no time. */
const PLAIN_PATTERN = /^[\w.|:/ -]*(?:\.[*+])?[\w.|:/ -]*$/;
