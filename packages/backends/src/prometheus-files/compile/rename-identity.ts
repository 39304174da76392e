import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import { parsePromql, renameLabels } from "@orrery/query";
import type { RenderedRule, RenderedRuleGroup } from "@orrery/rules";
import { IDENTITY_LABELS } from "@orrery/topology";
import { nameOf } from "../../prometheus/compile/compile-rules.ts";
import { inServer } from "../../prometheus/compile/identity-steps.ts";

/** A label in an annotation's template: `$labels.juju_unit`, `.Labels.juju_unit`, `index $labels "juju_unit"`. */
const IN_TEMPLATE = /((?:\$labels|\.Labels)(?:\.|\s+"))(juju_\w+)/g;

/**
 * Gives the identity labels of rules the prefix that a server's user chose: in expressions, labels and templates.
 *
 * A rule that would not read back as it was meant is left out, alone.
 */
export function renameIdentity(
  groups: readonly RenderedRuleGroup[],
  prefix: string,
): { readonly value: readonly RenderedRuleGroup[]; readonly problems: readonly Problem[] } {
  if (prefix === "juju_") return { value: groups, problems: [] };
  const names = Object.fromEntries(IDENTITY_LABELS.map((label) => [label, inServer(label, prefix)]));
  const problems: Problem[] = [];
  const value = groups.flatMap((group) => {
    const rules = group.rules.flatMap((rule) => {
      const renamed = renameRule(rule, names);
      if (renamed) return [renamed];
      const message = `rule ${nameOf(rule)} cannot be written with labels that start with ${prefix}`;
      problems.push(problem("EXTERNAL_LABELS_NOT_RENAMED", { message, origin: { item: nameOf(rule) } }));
      return [];
    });
    return rules.length === 0 ? [] : [{ ...group, rules }];
  });
  return { value, problems };
}

function renameRule(rule: RenderedRule, names: Readonly<Record<string, string>>): RenderedRule | undefined {
  const parsed = parsePromql(rule.expr);
  const expr = parsed.ok ? renameLabels(parsed.expression, names)?.text : undefined;
  if (expr === undefined) return undefined;
  const labels = Object.fromEntries(
    Object.entries(rule.labels ?? {}).map(([name, value]) => [names[name] ?? name, inTemplate(value, names)]),
  );
  if ("record" in rule) return { ...rule, expr, labels };
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations ?? {}).map(([name, text]) => [name, inAnnotation(name, text, names)]),
  );
  return { ...rule, expr, labels, annotations };
}

/** Evidence is an expression like the rule's own; where it does not read as one, templates alone are renamed. */
function inAnnotation(name: string, text: string, names: Readonly<Record<string, string>>): string {
  const parsed = name === "evidence" ? parsePromql(text) : undefined;
  const renamed = parsed?.ok ? renameLabels(parsed.expression, names)?.text : undefined;
  return renamed ?? inTemplate(text, names);
}

function inTemplate(text: string, names: Readonly<Record<string, string>>): string {
  return text.replaceAll(IN_TEMPLATE, (_, before: string, label: string) => before + (names[label] ?? label));
}
