import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ParameterValues } from "../model/parameter.ts";
import type { AlertRule, Rule } from "../model/rule-group.ts";
import { ruleName } from "../model/rule-group.ts";
import { checkValue } from "./parameter-value.ts";

/** A rule whose parameters have become values. */
export interface BoundRule {
  /** Without parameters. */
  readonly rule: Rule;
  /** `RULE_OVERRIDE_INVALID` for an override that was not taken, `RULE_PARAMETER_INVALID` for a placeholder without a parameter, `RULE_PARAMETER_UNUSED`. */
  readonly problems: readonly Problem[];
}

const PLACEHOLDER = /%%([A-Za-z][\w-]*)%%/g;
/** Scoping replaces it. */
const TOPOLOGY = "juju_topology";

/**
 * Puts values in place of a rule's parameters: the defaults, or overrides where they fit.
 *
 * A parameter `for` or `severity` also takes effect where the rule has no `for`, or no label `severity`. A negative number stands in
 * parentheses within an expression, so that it stays one operand.
 */
export function bindParameters(rule: Rule, overrides: ParameterValues): BoundRule {
  if (isPlain(rule) && Object.keys(overrides).length === 0) return { rule, problems: [] };
  const { origin } = rule;
  const problems: Problem[] = [];
  const values = new Map<string, string>();
  for (const [name, parameter] of Object.entries(rule.parameters)) {
    const given = Object.hasOwn(overrides, name) ? checkValue(parameter, overrides[name]) : undefined;
    if (given && !given.ok) {
      problems.push(
        problem("RULE_OVERRIDE_INVALID", {
          origin,
          message: `override of ${name} is not taken: ${given.reason}`,
        }),
      );
    }
    const value = given?.ok ? given : checkValue(parameter, parameter.default);
    if (value.ok) values.set(name, value.text);
  }
  for (const name of Object.keys(overrides)) {
    if (Object.hasOwn(rule.parameters, name)) continue;
    const known = Object.keys(rule.parameters).join(", ") || "none";
    problems.push(
      problem("RULE_OVERRIDE_INVALID", {
        origin,
        message: `override of ${JSON.stringify(name)} fits no parameter of ${ruleName(rule)}, which has ${known}`,
      }),
    );
  }
  const binder = new Binder(values);
  const bound = bindTexts(rule, binder);
  problems.push(...binder.problems(rule));
  return { rule: bound, problems };
}

/** Most rules of the field have no parameters: nothing is written anew for them. */
function isPlain(rule: Rule): boolean {
  if (Object.keys(rule.parameters).length > 0 || rule.expr.includes("%%")) return false;
  const texts = rule.kind === "record" ? [] : [...Object.values(rule.annotations), ...textsOf(rule)];
  return ![...Object.values(rule.labels), ...texts].some((text) => text?.includes("%%"));
}

function textsOf({
  for: waits,
  keepFiringFor,
  evidence,
  next,
  summary,
}: AlertRule): readonly (string | undefined)[] {
  return [waits, keepFiringFor, evidence, next, summary];
}

class Binder {
  readonly values: ReadonlyMap<string, string>;
  readonly #used = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(values: ReadonlyMap<string, string>) {
    this.values = values;
  }

  text(text: string): string {
    return text.replaceAll(PLACEHOLDER, (whole, name: string) => this.#take(name) ?? whole);
  }

  expression(text: string): string {
    return text.replaceAll(PLACEHOLDER, (whole, name: string) => {
      const value = this.#take(name);
      return value?.startsWith("-") ? `(${value})` : (value ?? whole);
    });
  }

  record(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, this.text(value)]));
  }

  /** The value of a parameter that takes effect without standing in a text. */
  implied(name: string): string | undefined {
    return this.#take(name);
  }

  problems({ origin, parameters }: Rule): readonly Problem[] {
    const unused = Object.keys(parameters).filter((name) => !this.#used.has(name));
    return [
      ...Array.from(this.#missing, (name) =>
        problem("RULE_PARAMETER_INVALID", {
          origin,
          message: `placeholder %%${name}%% names no parameter of the rule`,
        }),
      ),
      ...unused.map((name) =>
        problem("RULE_PARAMETER_UNUSED", {
          origin,
          severity: "warning",
          message: `parameter ${name} stands nowhere in the rule`,
        }),
      ),
    ];
  }

  #take(name: string): string | undefined {
    const value = this.values.get(name);
    if (value !== undefined) this.#used.add(name);
    else if (name !== TOPOLOGY) this.#missing.add(name);
    return value;
  }
}

function bindTexts(rule: Rule, binder: Binder): Rule {
  const expr = binder.expression(rule.expr);
  const written = binder.record(rule.labels);
  const severity =
    binder.values.has("severity") && !Object.hasOwn(written, "severity")
      ? binder.implied("severity")
      : undefined;
  const labels = severity === undefined ? written : { ...written, severity };
  if (rule.kind === "record") return { ...rule, expr, labels, parameters: {} };
  const waits =
    rule.for === undefined
      ? binder.values.has("for")
        ? binder.implied("for")
        : undefined
      : binder.text(rule.for);
  return {
    ...rule,
    expr,
    labels,
    parameters: {},
    annotations: binder.record(rule.annotations),
    ...(waits !== undefined && { for: waits }),
    ...(rule.keepFiringFor !== undefined && { keepFiringFor: binder.text(rule.keepFiringFor) }),
    ...(rule.evidence !== undefined && { evidence: binder.expression(rule.evidence) }),
    ...(rule.next !== undefined && { next: binder.text(rule.next) }),
    ...(rule.summary !== undefined && { summary: binder.text(rule.summary) }),
  };
}
