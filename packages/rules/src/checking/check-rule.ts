import type { ScopeMode } from "@orrery/query";
import { durationSeconds } from "@orrery/query";
import type { Rule } from "../model/rule-group.ts";
import { checkTemplate } from "../templates/check-template.ts";

const LABEL_NAME = /^[A-Za-z_]\w*$/;
const METRIC_NAME = /^[A-Za-z_:][\w:]*$/;
const ESCAPED = /[\p{Cc}\u2028\u2029]/u;

/** What is wrong with a rule: its form, or a template of it. */
export interface RuleFault {
  readonly code: "RULE_INVALID" | "RULE_TEMPLATE";
  readonly message: string;
}

/**
 * Checks everything about a bound rule but its expression.
 *
 * Names are held to what Prometheus 2.42 takes too, which is narrower than Prometheus 3.
 *
 * @see Prometheus 3.x, `model/rulefmt`, `Rule.Validate`.
 */
export function checkRule(rule: Rule, mode: ScopeMode): readonly RuleFault[] {
  const name = rule.kind === "alert" ? rule.alert : rule.record;
  const faults: (RuleFault | undefined)[] = [
    ESCAPED.test(name) || !name.isWellFormed()
      ? invalid("name holds characters that are no text")
      : undefined,
    ...Object.entries(rule.labels).flatMap(([label, text]) => checkLabel(label, text)),
  ];
  if (rule.kind === "record") {
    if (!METRIC_NAME.test(rule.record))
      faults.push(invalid(`record ${JSON.stringify(rule.record)} is no metric name`));
    return faults.filter((fault) => fault !== undefined);
  }
  faults.push(checkDuration("for", rule.for), checkDuration("keep_firing_for", rule.keepFiringFor));
  const texts = {
    ...(rule.owner !== undefined && { owner: rule.owner }),
    ...(rule.next !== undefined && { next: rule.next }),
  };
  const all = { ...texts, ...(rule.summary !== undefined && { summary: rule.summary }) };
  for (const [label, text] of Object.entries(rule.labels))
    faults.push(checkText(`label ${label}`, text, mode));
  for (const [key, text] of Object.entries(all)) faults.push(checkText(key, text, mode));
  for (const [annotation, text] of Object.entries(rule.annotations)) {
    if (!LABEL_NAME.test(annotation))
      faults.push(invalid(`annotation ${JSON.stringify(annotation)} has a name that is not valid`));
    faults.push(checkText(`annotation ${annotation}`, text, mode));
  }
  return faults.filter((fault) => fault !== undefined);
}

function invalid(message: string): RuleFault {
  return { code: "RULE_INVALID", message };
}

function checkLabel(name: string, text: string): readonly RuleFault[] {
  if (!LABEL_NAME.test(name) || name === "__name__")
    return [invalid(`label ${JSON.stringify(name)} has a name that is not valid`)];
  return text.isWellFormed() ? [] : [invalid(`label ${name} holds text that is not valid UTF-8`)];
}

function checkDuration(key: string, text: string | undefined): RuleFault | undefined {
  if (text === undefined || text === "0" || durationSeconds(text) !== undefined) return undefined;
  return invalid(`${key} ${JSON.stringify(text)} is not a duration such as 5m`);
}

function checkText(what: string, text: string, mode: ScopeMode): RuleFault | undefined {
  const wrong = text.isWellFormed() ? checkTemplate(text, mode) : "text that is not valid UTF-8";
  return wrong === undefined ? undefined : { code: "RULE_TEMPLATE", message: `${what} holds ${wrong}` };
}
