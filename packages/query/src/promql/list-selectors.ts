import type { Matcher } from "@orrery/topology";
import type { Expression } from "./expression.ts";
import { positionOf } from "./position.ts";
import type { Position } from "./position.ts";
import { METRIC_NAME } from "./read-selector.ts";

/** One place where an expression reads data. */
export interface Selector {
  /** The metric's name; absent where a pattern, or other labels alone, choose. */
  readonly metric?: string;
  /** In the author's order, the metric's name apart. */
  readonly matchers: readonly Matcher[];
  /** How far back it reads, as written, such as `5m`; absent for an instant. Subqueries around it count apart. */
  readonly range?: string;
  readonly position: Position;
}

/** Lists the selectors of an expression in the order in which they stand. */
export function listSelectors(expression: Expression): readonly Selector[] {
  const ranges = new Map(
    expression.nodes.flatMap((node) =>
      node.kind === "range" ? [[node.operands[0], node.detail] as const] : [],
    ),
  );
  return expression.nodes.flatMap((node) => {
    if (node.kind !== "selector") return [];
    const range = ranges.get(node);
    const named = node.matchers.find(({ name, op }) => name === METRIC_NAME && op === "=");
    const metric = node.metric ?? named?.value;
    const matchers =
      node.metric === undefined ? node.matchers.filter((matcher) => matcher !== named) : node.matchers;
    const position = positionOf(expression.text, node.from);
    return [
      { matchers, position, ...(metric !== undefined && { metric }), ...(range !== undefined && { range }) },
    ];
  });
}

/** Names the metrics that an expression reads, sorted, each once; selectors without a name add none. */
export function metricNames(expression: Expression): readonly string[] {
  const names = listSelectors(expression).flatMap(({ metric }) => metric ?? []);
  return [...new Set(names)].toSorted();
}
