import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { FingerprintOptions } from "@orrery/query";
import { fingerprint, parsePromql } from "@orrery/query";
import type { RenderedRuleGroup } from "@orrery/rules";
import type { TheirRule } from "../capabilities.ts";
import type { FilesTarget } from "./files-target.ts";

/** Labels that say whose series are meant, not what is asked of them. */
const WHOSE = new Set(["job", "instance", "namespace", "pod", "service", "cluster"]);

/** Finds alerts of ours that ask what an alert of the server's user asks already, thresholds apart. */
export function overlaps(
  groups: readonly RenderedRuleGroup[],
  to: FilesTarget,
  origin: Origin,
): readonly Problem[] {
  const theirs = indexOf(to);
  return groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => {
      if (!("alert" in rule)) return [];
      const same = theirs.exact.get(printOf(rule.expr, to, false));
      const alike = same ?? theirs.alike.get(printOf(rule.expr, to, true));
      if (!alike) return [];
      const how = same ? "asks the same as" : "differs in numbers alone from";
      const message = `alert ${rule.alert} ${how} the server's own alert ${alike.name} (group ${alike.group}, ${alike.file})`;
      return [
        problem("EXTERNAL_RULE_OVERLAPS", {
          message,
          severity: "warning",
          origin: { ...origin, item: rule.alert },
        }),
      ];
    }),
  );
}

interface Index {
  readonly exact: ReadonlyMap<string, TheirRule>;
  readonly alike: ReadonlyMap<string, TheirRule>;
}

const indexes = new WeakMap<readonly TheirRule[], { readonly prefix: string; readonly index: Index }>();

/** The server's alerts by what they ask, made once for each look. */
function indexOf(to: FilesTarget): Index {
  const { rules } = to.capabilities;
  const before = indexes.get(rules);
  if (before?.prefix === to.labelPrefix) return before.index;
  const alerts = rules.filter((rule) => rule.alerts).toReversed();
  const by = (withoutNumbers: boolean): ReadonlyMap<string, TheirRule> =>
    new Map(alerts.map((rule) => [printOf(rule.expr, to, withoutNumbers), rule]));
  const index = { exact: by(false), alike: by(true) };
  indexes.set(rules, { prefix: to.labelPrefix, index });
  return index;
}

function printOf(expr: string, to: FilesTarget, withoutNumbers: boolean): string {
  const parsed = parsePromql(expr);
  if (!parsed.ok) return expr;
  const options: FingerprintOptions = {
    ignores: (label) => label.startsWith(to.labelPrefix) || label.startsWith("juju_") || WHOSE.has(label),
    withoutNumbers,
  };
  return fingerprint(parsed.expression, options);
}
