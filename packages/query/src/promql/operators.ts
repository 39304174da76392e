import { found, refuse } from "./refuse.ts";
import type { ExpressionNode } from "./expression.ts";
import type { ValueType } from "./functions.ts";
import { OLDEST } from "./since.ts";

/** How tightly an infix operator binds; `^` alone binds to the right. @see Prometheus 3.x, `generated_parser.y`, `%left`. */
const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};

const SET_OPERATORS: ReadonlySet<string> = new Set(["and", "or", "unless"]);
const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: "a scalar",
  vector: "an instant vector",
  matrix: "a range vector",
  string: "a string",
};

/** An operator that waits for its right operand. */
export interface PendingOperator {
  readonly operator: string;
  readonly unary: boolean;
  readonly from: number;
  bool: boolean;
  matching?: VectorMatching;
}

/** The labels by which an operator pairs series. */
export interface VectorMatching {
  readonly kind: "on" | "ignoring";
  readonly labels: readonly string[];
  readonly group?: "group_left" | "group_right";
  readonly include: readonly string[];
  readonly since: string;
}

/** Says whether an operator that is waiting takes its right operand before another one comes. */
export function bindsBefore(waiting: PendingOperator, next: string): boolean {
  const left = waiting.unary ? (PRECEDENCE["*"] ?? 0) : (PRECEDENCE[waiting.operator] ?? 0);
  const right = PRECEDENCE[next] ?? 0;
  return left > right || (left === right && next !== "^");
}

/** Names a type for a message. */
export function describeType(type: ValueType): string {
  return NAMES[type];
}

/** Makes the node of a sign before an operand. @throws {@link OrreryError} `QUERY_TYPE`. */
export function unary(text: string, pending: PendingOperator, operand: ExpressionNode): ExpressionNode {
  const { type } = operand;
  if (type !== "scalar" && type !== "vector") {
    refuse(
      "QUERY_TYPE",
      { text, offset: pending.from },
      `sign stands before ${describeType(type)}, a scalar or an instant vector was expected`,
    );
  }
  return {
    kind: "unary",
    type,
    from: pending.from,
    to: operand.to,
    operands: [operand],
    since: OLDEST,
    detail: pending.operator,
  };
}

/**
 * Makes the node of an operator between two operands.
 *
 * @throws {@link OrreryError} `QUERY_TYPE`.
 * @see Prometheus 3.x, `promql/parser/parse.go`, `checkAST`, case `BinaryExpr`.
 */
export function binary(
  text: string,
  pending: PendingOperator,
  operands: readonly [ExpressionNode, ExpressionNode],
): ExpressionNode {
  const [left, right] = operands;
  const { operator, bool, matching } = pending;
  const place = { text, offset: pending.from };
  for (const { type, from } of operands) {
    if (type === "matrix" || type === "string") {
      refuse(
        "QUERY_TYPE",
        { text, offset: from },
        `operator ${operator} was given ${describeType(type)}, it takes scalars and instant vectors`,
      );
    }
  }
  const scalars = operands.filter(({ type }) => type === "scalar").length;
  if (bool && !COMPARISONS.has(operator))
    refuse("QUERY_TYPE", place, `operator ${operator} was given bool, which only comparisons take`);
  if (COMPARISONS.has(operator) && !bool && scalars === 2)
    refuse("QUERY_TYPE", place, `operator ${operator} compares two scalars without bool`);
  if (SET_OPERATORS.has(operator)) {
    if (scalars > 0)
      refuse("QUERY_TYPE", place, `operator ${operator} was given a scalar, it takes instant vectors`);
    if (matching?.group)
      refuse(
        "QUERY_TYPE",
        place,
        `operator ${operator} was given ${matching.group}, which set operators do not take`,
      );
  }
  if (matching) {
    if (scalars > 0 && matching.labels.length > 0)
      refuse("QUERY_TYPE", place, `operator ${operator} pairs series of a scalar`);
    const twice = matching.kind === "on" && matching.labels.find((label) => matching.include.includes(label));
    if (twice)
      refuse("QUERY_TYPE", place, `label ${twice} stands in on and in ${matching.group ?? "group"} at once`);
  }
  const detail = matching || bool ? JSON.stringify([operator, bool, matching]) : operator;
  return {
    kind: "binary",
    type: scalars === 2 ? "scalar" : "vector",
    from: left.from,
    to: right.to,
    operands,
    since: matching?.since ?? OLDEST,
    detail,
  };
}

/** Refuses an argument of another type than its function takes. @throws {@link OrreryError} `QUERY_TYPE` always. */
export function refuseArgument(text: string, given: ExpressionNode, takes: string): never {
  const place = { text, offset: given.from };
  return refuse("QUERY_TYPE", place, `${takes}, found ${describeType(given.type)} ${found(place)}`);
}
