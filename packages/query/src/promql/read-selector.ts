import type { Matcher } from "@orrery/topology";
import type { SyntaxNode } from "@lezer/common";
import {
  Identifier,
  LabelMatchers,
  LabelName,
  MatchOp,
  QuotedLabelMatcher,
  QuotedLabelName,
  StringLiteral,
} from "@prometheus-io/lezer-promql";
import type { SelectorNode } from "./expression.ts";
import { refuse } from "./refuse.ts";
import { OLDEST, UTF8_NAMES } from "./since.ts";
import { checkRegexp } from "./regexp.ts";
import { unquote } from "./string-literal.ts";

/** The label that holds a metric's name. */
export const METRIC_NAME = "__name__";

/**
 * Reads a vector selector from the grammar's tree.
 *
 * @throws {@link OrreryError} `QUERY_SELECTOR` or `QUERY_SYNTAX`.
 * @see Prometheus 3.x, `promql/parser/parse.go`, `checkAST`, case `VectorSelector`.
 */
export function readSelector(text: string, node: SyntaxNode): SelectorNode {
  const place = { text, offset: node.from };
  const identifier = node.getChild(Identifier);
  const inBraces = node.getChild(LabelMatchers);
  let metric = identifier ? text.slice(identifier.from, identifier.to) : undefined;
  if (metric !== undefined && /^atan2$/i.test(metric))
    refuse("QUERY_SYNTAX", place, "operator atan2 stands where a metric was expected");
  let quoted = false;
  const matchers: Matcher[] = [];
  for (let child = inBraces?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.type.id !== QuotedLabelName) {
      if (child.getChild(MatchOp)) matchers.push(readMatcher(text, child));
      continue;
    }
    const name = unquote(text, child.from, child.to);
    if (name === "") refuse("QUERY_SELECTOR", { text, offset: child.from }, "metric name is empty");
    if (metric === undefined) {
      metric = name;
      quoted = true;
    } else matchers.push({ name: METRIC_NAME, op: "=", value: name });
  }
  if (metric === undefined) {
    if (!matchers.some(excludesEmpty))
      refuse("QUERY_SELECTOR", place, "selector has no matcher that excludes the empty value");
  } else if (!quoted && matchers.some(({ name }) => name === METRIC_NAME)) {
    refuse("QUERY_SELECTOR", place, `selector names its metric twice, first ${metric}`);
  }
  const common = {
    kind: "selector",
    type: "vector",
    from: node.from,
    to: node.to,
    operands: [],
    quoted,
    matchers,
    since: inBraces && usesQuotedNames(inBraces) ? UTF8_NAMES : OLDEST,
  } as const;
  const nameEnd = identifier ? identifier.to : node.from;
  return metric === undefined ? { ...common, nameEnd } : { ...common, nameEnd, metric };
}

function usesQuotedNames(inBraces: SyntaxNode): boolean {
  return inBraces.getChild(QuotedLabelName) !== null || inBraces.getChild(QuotedLabelMatcher) !== null;
}

function readMatcher(text: string, node: SyntaxNode): Matcher {
  const plain = node.getChild(LabelName);
  const quoted = plain ? null : node.getChild(QuotedLabelName);
  const op = node.getChild(MatchOp);
  const literal = node.getChild(StringLiteral);
  if (!op || !literal)
    refuse("QUERY_SYNTAX", { text, offset: node.from }, "matcher lacks its operator or its value");
  const name = plain ? text.slice(plain.from, plain.to) : unquote(text, quoted?.from ?? 0, quoted?.to ?? 0);
  const value = unquote(text, literal.from, literal.to);
  const written = text.slice(op.from, op.to);
  if (written === "=" || written === "!=") return { name, op: written, value };
  const check = checkRegexp(value);
  if (!check.ok) {
    refuse(
      "QUERY_SELECTOR",
      { text, offset: literal.from },
      `regular expression of ${name} does not compile: it holds ${check.reason}`,
    );
  }
  return { name, op: written === "=~" ? "=~" : "!~", value };
}

function excludesEmpty({ op, value }: Matcher): boolean {
  if (op === "=") return value !== "";
  if (op === "!=") return value === "";
  const check = checkRegexp(value);
  return check.ok && check.matchesEmpty === (op === "!~");
}
