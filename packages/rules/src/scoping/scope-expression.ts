import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ScopePromqlOptions } from "@orrery/query";
import { parsePromql, scopePromql } from "@orrery/query";

/** The placeholder that charms' rules have for the identity matchers, with the comma after it. @see canonical/cos-lib, `src/cosl/rules.py`. */
const PLACEHOLDER = /%%juju_topology%%,?/g;

/** An expression within its identity, or why there is none. */
export interface ScopedExpression {
  readonly text?: string;
  readonly problems: readonly Problem[];
  /** What reading it has cost, before and after scoping. */
  readonly tokens: number;
}

/** Reads an expression of a rule and holds it to its identity; only a number or an instant vector can be a rule's result. */
export function scopeExpression(text: string, options: ScopePromqlOptions): ScopedExpression {
  const origin = options.origin ?? {};
  const plain = text.replaceAll(PLACEHOLDER, "");
  const parsed = parsePromql(plain);
  const { tokens } = parsed;
  if (!parsed.ok) return { problems: parsed.problems.map((found) => ({ ...found, origin })), tokens };
  const { type } = parsed.expression;
  if (type !== "scalar" && type !== "vector") {
    return {
      problems: [
        problem("QUERY_TYPE", {
          origin,
          message: `expression yields a ${type}, a rule needs an instant vector or a scalar`,
        }),
      ],
      tokens,
    };
  }
  const scoped = scopePromql(parsed.expression, options);
  const { problems } = scoped;
  return { ...(scoped.ok ? { text: scoped.text } : {}), problems, tokens: tokens + scoped.tokens };
}
