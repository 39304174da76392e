import type { ExpressionNode } from "./expression.ts";
import { describeType } from "./operators.ts";
import { refuse } from "./refuse.ts";

/** What was written after an operand: the modifier's text and where it ends. */
export interface Suffix {
  readonly from: number;
  readonly to: number;
  /** The modifier in one spelling, for comparison. */
  readonly detail: string;
  readonly since: string;
}

/** Makes the node of a range, `[5m]`. @throws {@link OrreryError} `QUERY_TYPE`. */
export function range(text: string, operand: ExpressionNode, suffix: Suffix): ExpressionNode {
  const place = { text, offset: suffix.from };
  if (operand.kind === "offset" || operand.kind === "at")
    refuse(
      "QUERY_TYPE",
      place,
      `range stands after ${operand.kind === "at" ? "@" : "offset"}, it goes before`,
    );
  if (operand.kind !== "selector")
    refuse(
      "QUERY_TYPE",
      place,
      "range stands after something that is no selector; a subquery is written [5m:]",
    );
  return {
    kind: "range",
    type: "matrix",
    from: operand.from,
    to: suffix.to,
    operands: [operand],
    since: suffix.since,
    detail: suffix.detail,
  };
}

/** Makes the node of a subquery, `[5m:1m]`. @throws {@link OrreryError} `QUERY_TYPE`. */
export function subquery(text: string, operand: ExpressionNode, suffix: Suffix): ExpressionNode {
  if (operand.type !== "vector") {
    refuse(
      "QUERY_TYPE",
      { text, offset: suffix.from },
      `subquery stands after ${describeType(operand.type)}, an instant vector was expected`,
    );
  }
  return {
    kind: "subquery",
    type: "matrix",
    from: operand.from,
    to: suffix.to,
    operands: [operand],
    since: suffix.since,
    detail: suffix.detail,
  };
}

/** Makes the node of `offset` or `@`. @throws {@link OrreryError} `QUERY_TYPE`. */
export function shift(
  text: string,
  operand: ExpressionNode,
  suffix: Suffix & { readonly kind: "offset" | "at" },
): ExpressionNode {
  const name = suffix.kind === "at" ? "@" : "offset";
  const place = { text, offset: suffix.from };
  let base = operand;
  while (base.kind === "offset" || base.kind === "at") {
    if (base.kind === suffix.kind) refuse("QUERY_TYPE", place, `${name} is set twice`);
    const [inner] = base.operands;
    if (!inner) break;
    base = inner;
  }
  if (base.kind !== "selector" && base.kind !== "range" && base.kind !== "subquery") {
    refuse("QUERY_TYPE", place, `${name} stands after something that is no selector, range or subquery`);
  }
  return {
    kind: suffix.kind,
    type: operand.type,
    from: operand.from,
    to: suffix.to,
    operands: [operand],
    since: suffix.since,
    detail: suffix.detail,
  };
}
