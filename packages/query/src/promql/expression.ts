import type { Matcher } from "@orrery/topology";
import type { ValueType } from "./functions.ts";

/** A matcher of a selector, as its author wrote it; the metric's name is none unless it was written as `__name__`. */
export type SelectorMatcher = Matcher;

/** A vector selector, the one thing in PromQL that reads data. */
export interface SelectorNode {
  readonly kind: "selector";
  readonly type: "vector";
  readonly from: number;
  readonly to: number;
  readonly operands: readonly [];
  /** The oldest Prometheus that reads this part. */
  readonly since: string;
  /** Name before the braces, or quoted alone within them; absent where only matchers choose. */
  readonly metric?: string;
  /** The name stands quoted within the braces. */
  readonly quoted: boolean;
  /** In the author's order; names that stand quoted within the braces, beyond the first, are matchers on `__name__`. */
  readonly matchers: readonly SelectorMatcher[];
  /** Where the metric's name before the braces ends, which is where the braces are written. */
  readonly nameEnd: number;
}

/** Any other part of an expression. */
export interface OperationNode {
  readonly kind:
    | "aggregation"
    | "at"
    | "binary"
    | "call"
    | "number"
    | "offset"
    | "parens"
    | "range"
    | "string"
    | "subquery"
    | "unary";
  readonly type: ValueType;
  /** UTF-16 code units from 0. */
  readonly from: number;
  readonly to: number;
  readonly operands: readonly ExpressionNode[];
  /** The oldest Prometheus that reads this part, its operands apart. */
  readonly since: string;
  /** What tells it from others of its kind: operator and modifiers, function, duration, number; the value of a string. */
  readonly detail: string;
}

/** A part of an expression. */
export type ExpressionNode = OperationNode | SelectorNode;

/** A PromQL expression that Prometheus would accept, with its type. */
export interface Expression {
  readonly text: string;
  readonly type: ValueType;
  /** The oldest Prometheus that reads it: `2.42`, the oldest supported, or a newer one. */
  readonly since: string;
  /** How long it is, as the limits count: what reading it costs. */
  readonly tokens: number;
  /** Every part, operands before what they are operands of, so that walks need no recursion; the last is the whole. */
  readonly nodes: readonly ExpressionNode[];
}
