import type { Expression, ExpressionNode, OperationNode, SelectorNode } from "./expression.ts";
import { durationSeconds } from "./number-literal.ts";

/** What two expressions may differ in and still be taken for one. */
export interface FingerprintOptions {
  /** Labels that do not count, in matchers and in grouping. */
  readonly ignores?: (label: string) => boolean;
  /** Numbers do not count, as where two alerts differ in their thresholds alone. */
  readonly withoutNumbers?: boolean;
  /** Labels that count under another name. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/**
 * Writes what an expression asks for as a text that is the same however it was spelt: white space, redundant parentheses, the order
 * of matchers and units of durations do not count.
 */
export function fingerprint(expression: Expression, options: FingerprintOptions = {}): string {
  const parts = expression.nodes.flatMap((node) => {
    if (node.kind === "parens") return [];
    return [node.kind === "selector" ? selectorPart(node, options) : operationPart(node, options)];
  });
  return JSON.stringify(parts);
}

function selectorPart({ metric, matchers }: SelectorNode, options: FingerprintOptions): unknown {
  const counted = matchers
    .filter(({ name }) => options.ignores?.(name) !== true)
    .map(({ name, op, value }) => [nameOf(name, options), op, value].join(" "));
  return ["selector", metric ?? "", ...[...new Set(counted)].toSorted()];
}

function operationPart(node: OperationNode, options: FingerprintOptions): unknown {
  return [node.kind, detailOf(node, options), node.operands.length];
}

function detailOf(node: OperationNode, options: FingerprintOptions): unknown {
  if (node.kind === "number") return options.withoutNumbers === true ? "" : Number(node.detail);
  if (node.kind === "range" || node.kind === "subquery" || node.kind === "offset") {
    return node.detail.split(":").map((text) => durationSeconds(text) ?? text);
  }
  if (node.kind === "string") return nameOf(node.detail, options);
  if (node.detail.startsWith("[")) return modifiersOf(JSON.parse(node.detail), options);
  return node.detail;
}

/** Operator or aggregation with its modifiers: lists of labels are sets. */
function modifiersOf(detail: unknown, options: FingerprintOptions): unknown {
  if (!Array.isArray(detail)) return detail;
  const parts: readonly unknown[] = detail.map((part: unknown) => modifierOf(part, options));
  const [name, grouping] = parts;
  // `sum by ()` is `sum`.
  const isBare = parts.length === 2 && JSON.stringify(grouping) === '["by",[]]';
  return isBare ? name : parts;
}

function modifierOf(part: unknown, options: FingerprintOptions): unknown {
  if (typeof part !== "object" || part === null || !("kind" in part) || !("labels" in part)) return part;
  const { kind, labels, ...others } = part;
  const include = "include" in others ? [labelsOf(others.include, options)] : [];
  const group = "group" in others ? [others.group] : [];
  return [kind, labelsOf(labels, options), ...include, ...group];
}

function labelsOf(labels: unknown, options: FingerprintOptions): readonly string[] {
  const names = (Array.isArray(labels) ? labels : []).map(String);
  return names
    .filter((name) => options.ignores?.(name) !== true)
    .map((name) => nameOf(name, options))
    .toSorted();
}

function nameOf(label: string, { renamed = {} }: FingerprintOptions): string {
  return (Object.hasOwn(renamed, label) ? renamed[label] : undefined) ?? label;
}

/** The texts of a function's arguments that name labels, with the nodes that hold them. */
export function labelArguments(node: ExpressionNode): readonly OperationNode[] {
  if (node.kind !== "call" && node.kind !== "aggregation") return [];
  const name = node.detail.startsWith("[") ? /^\["(\w+)"/.exec(node.detail)?.[1] : node.detail;
  const places = NAMING[name ?? ""] ?? [];
  return node.operands.flatMap((operand, index) => {
    let inner: ExpressionNode | undefined = operand;
    while (inner?.kind === "parens") inner = inner.operands[0];
    const names = places.includes(index) || (name === "label_join" && index > 3);
    return names && inner?.kind === "string" ? [inner] : [];
  });
}

/** Positions of arguments that name labels. */
const NAMING: Readonly<Record<string, readonly number[]>> = {
  label_replace: [1, 3],
  label_join: [1, 3],
  count_values: [0],
};
