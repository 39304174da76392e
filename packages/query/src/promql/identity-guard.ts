import type { Origin, Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Matcher, MatcherSet } from "@orrery/topology";
import { isIdentityLabel } from "@orrery/topology";
import type { Expression, ExpressionNode, OperationNode } from "./expression.ts";
import { positionOf } from "./position.ts";
import { printMatcher } from "./print-selector.ts";

/**
 * Finds everything by which an expression could reach past an identity, or pass for another.
 *
 * - A matcher on an identity label (of the set, or any of Juju's) that is not exactly ours. Our own matchers narrow whatever stands
 *   beside them, so such a selector could not read foreign data once it is scoped; it is refused because its author meant another
 *   identity, and silence in place of an answer would hide that. Where the set names several applications (`=~"a|b"`), one of them
 *   by `=` is within it.
 * - `label_replace`, `label_join` and `count_values` that write an identity label: their series could be taken for another's in a
 *   join, a recording or a notification. The name of the label must be a literal, which the type check sees to.
 *
 * Harmless, and let through: identity labels in `by`, `without`, `on`, `ignoring` and `group_left`, which move labels of series
 * that are scoped already; patterns on the metric's name; `absent`, `vector`, `time`, which read nothing else. Functions that read
 * series by themselves (`info`) are experimental and refused before.
 */
export function breaches(expression: Expression, allowed: MatcherSet, origin: Origin): readonly Problem[] {
  return expression.nodes.flatMap((node) => {
    if (node.kind === "selector")
      return node.matchers.flatMap(
        (matcher) => mention(expression, { node, matcher, allowed, origin }) ?? [],
      );
    return writing(expression, node, { allowed, origin }) ?? [];
  });
}

/** Says whether a label tells whose telemetry something is, for this set. */
export function tellsIdentity(label: string, set: MatcherSet): boolean {
  return isIdentityLabel(label) || set.some(({ name }) => name === label);
}

/** Says whether a matcher lies within one of the set. */
export function within(matcher: Matcher, set: MatcherSet): boolean {
  return set.some(
    ({ name, op, value }) =>
      name === matcher.name &&
      ((op === matcher.op && value === matcher.value) ||
        (op === "=~" && matcher.op === "=" && value.split("|").includes(matcher.value))),
  );
}

interface Mention {
  readonly node: ExpressionNode;
  readonly matcher: Matcher;
  readonly allowed: MatcherSet;
  readonly origin: Origin;
}

function mention(expression: Expression, { node, matcher, allowed, origin }: Mention): Problem | undefined {
  if (!tellsIdentity(matcher.name, allowed) || within(matcher, allowed)) return undefined;
  const ours = allowed.filter(({ name }) => name === matcher.name).map(printMatcher);
  const limit = ours.length > 0 ? `only ${ours.join(" or ")} is its own` : "it has no such identity";
  return problem("QUERY_FOREIGN_IDENTITY", {
    origin,
    message: `selector asks for ${printMatcher(matcher)}, ${limit}, ${at(expression, node.from)}`,
  });
}

/** Which argument of a function names the label that it writes. */
const WRITES: Readonly<Record<string, number>> = { label_replace: 1, label_join: 1, count_values: 0 };

function writing(
  expression: Expression,
  node: OperationNode,
  { allowed, origin }: Omit<Mention, "node" | "matcher">,
): Problem | undefined {
  if (node.kind !== "call" && node.kind !== "aggregation") return undefined;
  const name = node.detail.startsWith("[") ? /^\["(\w+)"/.exec(node.detail)?.[1] : node.detail;
  const argument = WRITES[name ?? ""];
  const label = argument === undefined ? undefined : literal(node.operands[argument]);
  if (label === undefined || !tellsIdentity(label, allowed)) return undefined;
  return problem("QUERY_WRITES_IDENTITY", {
    origin,
    message: `function ${name} writes the identity label ${label}, ${at(expression, node.from)}`,
  });
}

/** The value of a string in any number of parentheses. */
function literal(node: ExpressionNode | undefined): string | undefined {
  let inner = node;
  while (inner?.kind === "parens") inner = inner.operands[0];
  return inner?.kind === "string" ? inner.detail : undefined;
}

function at(expression: Expression, offset: number): string {
  const { line, column } = positionOf(expression.text, offset);
  return `at ${line}:${column}`;
}
