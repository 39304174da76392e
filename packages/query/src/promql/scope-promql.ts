import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Matcher, MatcherSet } from "@orrery/topology";
import type { Expression, ExpressionNode, SelectorNode } from "./expression.ts";
import { breaches, tellsIdentity } from "./identity-guard.ts";
import { parsePromql } from "./parse-promql.ts";
import { printBraces, printMatcher } from "./print-selector.ts";

/** `strict`: only our own identity may be named. `compatible`: what a foreign charm's own scoping wrote stays as it is. */
export type ScopeMode = "strict" | "compatible";

/** What {@link scopePromql} takes beside the expression. */
export interface ScopePromqlOptions {
  /** The matchers that every selector gets. */
  readonly matchers: MatcherSet;
  readonly mode: ScopeMode;
  /** Matchers that every selector loses first: those of an identity that `matchers` stand in for. */
  readonly insteadOf?: MatcherSet;
  readonly origin?: Origin;
}

/** An expression within its identity, or why there is none. */
export type ScopedPromql =
  | {
      readonly ok: true;
      readonly text: string;
      /** The scoped expression, read again. */
      readonly expression: Expression;
      /** Matchers on identity labels that stay the author's; compatible mode only. */
      readonly kept: readonly Matcher[];
      /** One `QUERY_MATCHER_KEPT` for each kept matcher. */
      readonly problems: readonly Problem[];
      /** How much was read again; 0 where nothing was added. */
      readonly tokens: number;
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly tokens: number };

/** What a selector becomes. */
interface Edit {
  readonly selector: SelectorNode;
  readonly matchers: readonly Matcher[];
}

/**
 * Adds identity matchers to every selector of an expression: in ranges, subqueries and each argument.
 *
 * Text outside the braces of a selector that changes stays byte for byte. The result is read again and compared with what was meant,
 * so an expression goes out scoped or not at all. Scoping a scoped expression changes nothing.
 *
 * Strict mode refuses with `QUERY_FOREIGN_IDENTITY` and `QUERY_WRITES_IDENTITY`; both modes with `QUERY_SCOPING_FAILED`.
 */
export function scopePromql(
  expression: Expression,
  { matchers, mode, insteadOf = [], origin = {} }: ScopePromqlOptions,
): ScopedPromql {
  const found = mode === "strict" ? breaches(expression, [...matchers, ...insteadOf], origin) : [];
  if (found.length > 0) return { ok: false, problems: found, tokens: 0 };
  const kept: Matcher[] = [];
  const edits: Edit[] = [];
  for (const node of expression.nodes) {
    if (node.kind !== "selector") continue;
    const foreign =
      mode === "compatible"
        ? node.matchers.filter(
            (one) => tellsIdentity(one.name, matchers) && !isAmong(one, [...matchers, ...insteadOf]),
          )
        : [];
    const own = node.matchers.filter((one) => isAmong(one, matchers) || !isAmong(one, insteadOf));
    kept.push(...foreign);
    const missing = matchers.filter(
      (one) => !isAmong(one, node.matchers) && !foreign.some(({ name }) => name === one.name),
    );
    if (missing.length > 0 || own.length < node.matchers.length)
      edits.push({ selector: node, matchers: [...own, ...missing] });
  }
  const problems = kept.map((matcher) => keptProblem(matcher, origin));
  if (edits.length === 0) return { ok: true, text: expression.text, expression, kept, problems, tokens: 0 };
  const text = apply(expression.text, edits);
  const reread = parsePromql(text, { limits: unlimited(text), origin });
  if (!reread.ok || !isAsMeant(reread.expression, expression, edits)) {
    return {
      ok: false,
      problems: [
        problem("QUERY_SCOPING_FAILED", {
          origin,
          message: "scoped expression does not read back as it was meant",
        }),
      ],
      tokens: reread.tokens,
    };
  }
  return { ok: true, text, expression: reread.expression, kept, problems, tokens: reread.tokens };
}

function isAmong(one: Matcher, matchers: readonly Matcher[]): boolean {
  return matchers.some(({ name, op, value }) => name === one.name && op === one.op && value === one.value);
}

function keptProblem(matcher: Matcher, origin: Origin): Problem {
  const message = `selector keeps ${printMatcher(matcher)}, which its author wrote`;
  return problem("QUERY_MATCHER_KEPT", { origin, message, severity: "info" });
}

function apply(text: string, edits: readonly Edit[]): string {
  let result = "";
  let done = 0;
  for (const { selector, matchers } of edits) {
    result += text.slice(done, selector.nameEnd) + printBraces(selector, matchers);
    done = selector.to;
  }
  return result + text.slice(done);
}

/** The author's text was held against the limits; what we added to it is ours. */
function unlimited(text: string): {
  readonly bytes: number;
  readonly tokens: number;
  readonly depth: number;
} {
  return { bytes: text.length * 3, tokens: text.length, depth: text.length };
}

/** Compares what was read again with the original, selectors with their edits. */
function isAsMeant(reread: Expression, original: Expression, edits: readonly Edit[]): boolean {
  const meant = new Map(edits.map(({ selector, matchers }) => [selector, matchers]));
  return (
    reread.nodes.length === original.nodes.length &&
    reread.nodes.every((node, index) => {
      const before = original.nodes[index];
      return before !== undefined && isSame(node, before, meant);
    })
  );
}

function isSame(
  node: ExpressionNode,
  before: ExpressionNode,
  meant: ReadonlyMap<SelectorNode, readonly Matcher[]>,
): boolean {
  if (node.kind !== "selector" || before.kind !== "selector") {
    return (
      node.kind !== "selector" &&
      before.kind !== "selector" &&
      node.kind === before.kind &&
      node.detail === before.detail &&
      node.operands.length === before.operands.length
    );
  }
  const expected = meant.get(before) ?? before.matchers;
  return (
    node.metric === before.metric &&
    node.matchers.length === expected.length &&
    expected.every((one) => isAmong(one, node.matchers)) &&
    node.matchers.every((one) => isAmong(one, expected))
  );
}
