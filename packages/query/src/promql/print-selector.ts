import type { SelectorNode, SelectorMatcher } from "./expression.ts";
import { quote } from "./string-literal.ts";

const LABEL_NAME = /^[A-Za-z_]\w*$/;

/**
 * Prints the braces of a selector: matchers compact and sorted as text, a quoted metric name first.
 *
 * @see canonical/cos-tool, `pkg/tool/promql_transform.go`, whose printer sorts so.
 */
export function printBraces(selector: SelectorNode, matchers: readonly SelectorMatcher[]): string {
  const printed = matchers.map(printMatcher).toSorted();
  const name = selector.quoted && selector.metric !== undefined ? [quote(selector.metric)] : [];
  return `{${[...name, ...printed].join(",")}}`;
}

/** Prints one matcher; label names that are not plain are quoted, as Prometheus 3 reads them. */
export function printMatcher({ name, op, value }: SelectorMatcher): string {
  return `${LABEL_NAME.test(name) ? name : quote(name)}${op}${quote(value)}`;
}
