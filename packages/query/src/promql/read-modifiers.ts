import type { SyntaxNode } from "@lezer/common";
import {
  AtModifierPreprocessors,
  GroupingLabels,
  GroupLeft,
  GroupRight,
  LabelName,
  NumberDurationLiteral,
  On,
  QuotedLabelName,
  Without,
} from "@prometheus-io/lezer-promql";
import type { Grouping } from "./call.ts";
import type { Suffix } from "./modifiers.ts";
import { checkRange, readNumber } from "./number-literal.ts";
import type { VectorMatching } from "./operators.ts";
import { refuse } from "./refuse.ts";
import { DURATIONS_ARE_NUMBERS, newer, OLDEST, UTF8_NAMES } from "./since.ts";
import { unquote } from "./string-literal.ts";

/** Reads `by (…)` or `without (…)`. @throws {@link OrreryError} `QUERY_SYNTAX`. */
export function readGrouping(text: string, node: SyntaxNode): Grouping {
  const labels = readLabels(text, node.getChild(GroupingLabels));
  return { kind: node.getChild(Without) ? "without" : "by", ...labels };
}

/** Reads `on (…) group_left (…)` and its kin. @throws {@link OrreryError} `QUERY_SYNTAX`. */
export function readMatching(text: string, node: SyntaxNode): VectorMatching {
  const [first, second] = node.getChildren(GroupingLabels);
  const pairs = readLabels(text, first ?? null);
  const include = readLabels(text, second ?? null);
  const group = node.getChild(GroupLeft)
    ? "group_left"
    : node.getChild(GroupRight)
      ? "group_right"
      : undefined;
  return {
    kind: node.getChild(On) ? "on" : "ignoring",
    labels: pairs.labels,
    include: include.labels,
    since: newer(pairs.since, include.since),
    ...(group && { group }),
  };
}

function readLabels(
  text: string,
  node: SyntaxNode | null,
): { readonly labels: readonly string[]; readonly since: string } {
  const labels: string[] = [];
  let since = OLDEST;
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) {
    if (child.type.id === LabelName) labels.push(plainLabel(text, child));
    if (child.type.id !== QuotedLabelName) continue;
    const label = unquote(text, child.from, child.to);
    if (label === "") refuse("QUERY_SYNTAX", { text, offset: child.from }, "label name is empty");
    labels.push(label);
    since = UTF8_NAMES;
  }
  return { labels, since };
}

/** Words that Prometheus takes for something else where a label is listed. */
const NO_LABELS = /^(?:without|inf|nan)$/i;

function plainLabel(text: string, { from, to }: Span): string {
  const label = text.slice(from, to);
  if (NO_LABELS.test(label))
    refuse("QUERY_SYNTAX", { text, offset: from }, `${label} stands where a label was expected`);
  return label;
}

/** A stretch of the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const SIGNED = /^([+-]?)\s*([\w.]+(?:(?<=[eE])[+-]\d+)?)$/;

/**
 * Reads `[5m]` or `[5m:1m]` from the spans of its durations.
 *
 * @throws {@link OrreryError} `QUERY_SYNTAX`, or `QUERY_EXPERIMENTAL` for a duration that is computed.
 */
export function readRange(text: string, spans: readonly Span[], to: number): Suffix {
  let since = OLDEST;
  for (const span of spans) {
    if (/^[+-]/.test(text.charAt(span.from)))
      refuse("QUERY_SYNTAX", { text, offset: span.from }, "duration has a sign, it must be greater than 0");
    plain(text, span);
    since = newer(since, checkRange(text, span.from, span.to));
  }
  return {
    from: spans[0]?.from ?? to,
    to,
    detail: spans.map((span) => text.slice(span.from, span.to)).join(":"),
    since,
  };
}

/** Reads what stands after `offset`. @throws {@link OrreryError} `QUERY_SYNTAX` or `QUERY_EXPERIMENTAL`. */
export function readOffset(text: string, span: Span): Suffix {
  const number = plain(text, span);
  const { value, isDuration } = readNumber(text, number.from, number.to);
  if (!(value <= 9_223_372_036))
    refuse("QUERY_SYNTAX", { text, offset: span.from }, "offset is longer than 292 years");
  return {
    ...span,
    detail: text.slice(span.from, span.to),
    since: isDuration ? OLDEST : DURATIONS_ARE_NUMBERS,
  };
}

/** Reads what stands after `@`: a time in seconds, `start()` or `end()`. @throws {@link OrreryError} `QUERY_SYNTAX`. */
export function readTime(text: string, node: SyntaxNode): Suffix {
  const span = { from: node.from, to: node.to };
  const detail = text.slice(node.from, node.to).toLowerCase();
  if (node.type.id === AtModifierPreprocessors || node.type.id !== NumberDurationLiteral)
    return { ...span, detail, since: OLDEST };
  const number = plain(text, span);
  const { value, isDuration } = readNumber(text, number.from, number.to);
  if (!(value < 2 ** 63)) refuse("QUERY_SYNTAX", { text, offset: node.from }, "time after @ is out of range");
  return { ...span, detail, since: isDuration ? DURATIONS_ARE_NUMBERS : OLDEST };
}

/** Finds the number within a span that may have a sign, and nothing else. */
function plain(text: string, span: Span): Span {
  const [, , number] = SIGNED.exec(text.slice(span.from, span.to)) ?? [];
  if (number === undefined) {
    refuse(
      "QUERY_EXPERIMENTAL",
      { text, offset: span.from },
      "duration is computed, which Prometheus older than 3.14 does not do",
    );
  }
  return { from: span.to - number.length, to: span.to };
}
