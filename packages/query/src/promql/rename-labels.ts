import type { Expression } from "./expression.ts";
import { fingerprint, labelArguments } from "./fingerprint.ts";
import { parsePromql } from "./parse-promql.ts";
import { printBraces } from "./print-selector.ts";
import { quote } from "./string-literal.ts";

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const WORD = /[A-Za-z_:][\w:]*/g;

/**
 * Gives labels other names wherever an expression names them: in matchers, in grouping and matching, and as arguments of functions
 * that name labels.
 *
 * The result is read again and compared with what was meant; nothing when it is something else, or when a metric is named like one of the labels.
 */
export function renameLabels(
  expression: Expression,
  renamed: Readonly<Record<string, string>>,
): Expression | undefined {
  const { nodes, text } = expression;
  const knows = (name: string): boolean => Object.hasOwn(renamed, name);
  if (nodes.some((node) => node.kind === "selector" && node.metric !== undefined && knows(node.metric)))
    return undefined;
  const kept: Edit[] = nodes.flatMap((node) => {
    if (node.kind === "string") return [{ ...node, text: text.slice(node.from, node.to) }];
    if (node.kind !== "selector") return [];
    const matchers = node.matchers.map((one) => ({ ...one, name: renamed[one.name] ?? one.name }));
    const isSame = node.matchers.every(({ name }) => !knows(name));
    const printed = isSame ? text.slice(node.nameEnd, node.to) : printBraces(node, matchers);
    return [{ from: node.from, to: node.to, text: text.slice(node.from, node.nameEnd) + printed }];
  });
  const named = new Map(
    nodes
      .flatMap(labelArguments)
      .filter(({ detail }) => knows(detail))
      .map(({ from, detail }) => [from, quote(renamed[detail] ?? detail)]),
  );
  const edits = kept
    .map((edit) => ({ ...edit, text: named.get(edit.from) ?? edit.text }))
    .toSorted((a, b) => a.from - b.from);
  let result = "";
  let done = 0;
  const words = (part: string): string =>
    part.replaceAll(WORD, (word) => (knows(word) ? (renamed[word] ?? word) : word));
  for (const edit of edits) {
    result += words(text.slice(done, edit.from)) + edit.text;
    done = edit.to;
  }
  result += words(text.slice(done));
  const limits = { bytes: result.length * 3, tokens: result.length + 1, depth: result.length + 1 };
  const reread = parsePromql(result, { limits });
  if (!reread.ok) return undefined;
  const meant = fingerprint(expression, { renamed });
  return fingerprint(reread.expression) === meant ? reread.expression : undefined;
}
