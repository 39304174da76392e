import type { ExpressionNode } from "./expression.ts";
import { AGGREGATION_PARAMETERS, FUNCTIONS, UNSTABLE_AGGREGATIONS, UNSTABLE_FUNCTIONS } from "./functions.ts";
import { describeType, refuseArgument } from "./operators.ts";
import type { Place } from "./refuse.ts";
import { refuse } from "./refuse.ts";
import { OLDEST } from "./since.ts";

/** What was written of a call or an aggregation, without its arguments. */
export interface CallHead {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Makes the node of a function call.
 *
 * @throws {@link OrreryError} `QUERY_UNKNOWN_FUNCTION`, `QUERY_EXPERIMENTAL` or `QUERY_TYPE`.
 */
export function call(text: string, head: CallHead, operands: readonly ExpressionNode[]): ExpressionNode {
  const { name, from, to } = head;
  const place = { text, offset: from };
  if (UNSTABLE_FUNCTIONS.has(name))
    refuse("QUERY_EXPERIMENTAL", place, `function ${name} is experimental, or gone from Prometheus 3`);
  const signature = FUNCTIONS.get(name);
  if (!signature) refuse("QUERY_UNKNOWN_FUNCTION", place, `function ${name} is unknown`);
  checkCount({ text, offset: from }, name, operands.length);
  for (const [index, operand] of operands.entries()) {
    const wanted = signature.takes[Math.min(index, signature.takes.length - 1)];
    if (wanted !== undefined && operand.type !== wanted)
      refuseArgument(text, operand, `function ${name} takes ${describeType(wanted)}`);
  }
  return {
    kind: "call",
    type: signature.returns,
    from,
    to,
    operands,
    since: signature.since ?? OLDEST,
    detail: name,
  };
}

function checkCount(place: Place, name: string, count: number): void {
  const { takes, variadic } = FUNCTIONS.get(name) ?? { takes: [], variadic: -1 };
  const least = variadic === 0 ? takes.length : takes.length - 1;
  const most = variadic === -1 ? Infinity : least + variadic;
  if (count >= least && count <= most) return;
  const wanted =
    least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  refuse("QUERY_TYPE", place, `function ${name} takes ${wanted} arguments, found ${count}`);
}

/** How an aggregation groups: `by` or `without`, and its labels. */
export interface Grouping {
  readonly kind: "by" | "without";
  readonly labels: readonly string[];
  readonly since: string;
}

/**
 * Makes the node of an aggregation.
 *
 * @throws {@link OrreryError} `QUERY_EXPERIMENTAL` or `QUERY_TYPE`.
 */
export function aggregation(
  text: string,
  head: CallHead & { readonly grouping: Grouping | undefined },
  operands: readonly ExpressionNode[],
): ExpressionNode {
  const { name, from, to, grouping } = head;
  const place = { text, offset: from };
  if (UNSTABLE_AGGREGATIONS.has(name))
    refuse("QUERY_EXPERIMENTAL", place, `aggregation ${name} is experimental`);
  const parameter = AGGREGATION_PARAMETERS[name];
  const takes = parameter === undefined ? (["vector"] as const) : ([parameter, "vector"] as const);
  if (operands.length !== takes.length) {
    refuse(
      "QUERY_TYPE",
      place,
      `aggregation ${name} takes ${takes.length} arguments, found ${operands.length}`,
    );
  }
  for (const [index, operand] of operands.entries()) {
    const wanted = takes[index];
    if (wanted !== undefined && operand.type !== wanted)
      refuseArgument(text, operand, `aggregation ${name} takes ${describeType(wanted)}`);
  }
  const detail = grouping ? JSON.stringify([name, grouping]) : name;
  return {
    kind: "aggregation",
    type: "vector",
    from,
    to,
    operands,
    since: grouping?.since ?? OLDEST,
    detail,
  };
}
