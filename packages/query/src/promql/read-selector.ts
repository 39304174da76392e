import type { Matcher } from "@orrery/topology";
import type { TreeCursor } from "@lezer/common";
import {
  Identifier,
  LabelMatchers,
  LabelName,
  MatchOp,
  QuotedLabelMatcher,
  QuotedLabelName,
  StringLiteral,
  UnquotedLabelMatcher,
} from "@prometheus-io/lezer-promql";
import type { SelectorNode } from "./expression.ts";
import type { Place } from "./refuse.ts";
import { refuse } from "./refuse.ts";
import { OLDEST, UTF8_NAMES } from "./since.ts";
import { checkRegexp } from "./regexp.ts";
import { unquote } from "./string-literal.ts";

/** The label that holds a metric's name. */
export const METRIC_NAME = "__name__";

/**
 * Reads the vector selector at which a cursor stands, and leaves the cursor there.
 *
 * It moves the cursor rather than ask for nodes, which would make an object of each: selectors are most of what is read.
 *
 * @throws {@link OrreryError} `QUERY_SELECTOR` or `QUERY_SYNTAX`.
 * @see Prometheus 3.x, `promql/parser/parse.go`, `checkAST`, case `VectorSelector`.
 */
export function readSelector(text: string, cursor: TreeCursor): SelectorNode {
  const { from, to } = cursor;
  const written: Written = { matchers: [], since: OLDEST };
  let nameEnd = from;
  if (!cursor.firstChild()) refuse("QUERY_SYNTAX", { text, offset: from }, "selector is empty");
  do {
    if (cursor.type.id === Identifier) {
      nameEnd = cursor.to;
      written.metric = text.slice(cursor.from, cursor.to);
    } else if (cursor.type.id === LabelMatchers) readBraces(text, cursor, written);
  } while (cursor.nextSibling());
  cursor.parent();
  const quoted = nameEnd === from && written.metric !== undefined;
  const { metric, matchers, since } = written;
  const place = { text, offset: from };
  if (metric === undefined) {
    if (!matchers.some(excludesEmpty)) {
      refuse("QUERY_SELECTOR", place, "selector has no matcher that excludes the empty value");
    }
  } else if (!quoted) {
    if (/^atan2$/i.test(metric)) {
      refuse("QUERY_SYNTAX", place, "operator atan2 stands where a metric was expected");
    }
    if (matchers.some(({ name }) => name === METRIC_NAME)) {
      refuse("QUERY_SELECTOR", place, `selector names its metric twice, first ${metric}`);
    }
  }
  const common = {
    kind: "selector",
    type: "vector",
    from,
    to,
    operands: [],
    quoted,
    matchers,
    since,
  } as const;
  return metric === undefined ? { ...common, nameEnd } : { ...common, nameEnd, metric };
}

/** What was met of a selector so far. */
interface Written {
  metric?: string;
  since: string;
  readonly matchers: Matcher[];
}

function readBraces(text: string, cursor: TreeCursor, written: Written): void {
  if (!cursor.firstChild()) return;
  do {
    const { from, to } = cursor;
    const id = cursor.type.id;
    if (id === UnquotedLabelMatcher || id === QuotedLabelMatcher)
      written.matchers.push(readMatcher(text, cursor));
    if (id === QuotedLabelMatcher || id === QuotedLabelName) written.since = UTF8_NAMES;
    if (id === QuotedLabelName) readName({ text, offset: from }, to, written);
  } while (cursor.nextSibling());
  cursor.parent();
}

/** A quoted name that stands alone: the metric's, or beyond the first a matcher on it. */
function readName(place: Place, to: number, written: Written): void {
  const name = unquote(place.text, place.offset, to);
  if (name === "") refuse("QUERY_SELECTOR", place, "metric name is empty");
  if (written.metric === undefined) written.metric = name;
  else written.matchers.push({ name: METRIC_NAME, op: "=", value: name });
}

function readMatcher(text: string, cursor: TreeCursor): Matcher {
  let name = "";
  let op = "";
  let value = "";
  let valueFrom = cursor.from;
  if (!cursor.firstChild()) refuse("QUERY_SYNTAX", { text, offset: valueFrom }, "matcher is empty");
  do {
    const { from, to } = cursor;
    const id = cursor.type.id;
    if (id === LabelName) name = text.slice(from, to);
    else if (id === QuotedLabelName) name = unquote(text, from, to);
    else if (id === MatchOp) op = text.slice(from, to);
    else if (id === StringLiteral) {
      value = unquote(text, from, to);
      valueFrom = from;
    }
  } while (cursor.nextSibling());
  cursor.parent();
  if (op === "=" || op === "!=") return { name, op, value };
  const check = checkRegexp(value);
  if (!check.ok) {
    const message = `regular expression of ${name} does not compile: it holds ${check.reason}`;
    refuse("QUERY_SELECTOR", { text, offset: valueFrom }, message);
  }
  return { name, op: op === "=~" ? "=~" : "!~", value };
}

function excludesEmpty({ op, value }: Matcher): boolean {
  if (op === "=") return value !== "";
  if (op === "!=") return value === "";
  const check = checkRegexp(value);
  return check.ok && check.matchesEmpty === (op === "!~");
}
