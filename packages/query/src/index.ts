/** PromQL: parse, type-check, scope to an identity, list selectors and metrics. */
export type { Expression, ExpressionNode, OperationNode, SelectorNode } from "./promql/expression.ts";
export { fingerprint } from "./promql/fingerprint.ts";
export type { FingerprintOptions } from "./promql/fingerprint.ts";
export type { ValueType } from "./promql/functions.ts";
export { PROMQL_LIMITS } from "./promql/limits.ts";
export type { PromqlLimits } from "./promql/limits.ts";
export { listSelectors, metricNames } from "./promql/list-selectors.ts";
export type { Selector } from "./promql/list-selectors.ts";
export { durationSeconds } from "./promql/number-literal.ts";
export { parsePromql } from "./promql/parse-promql.ts";
export type { ParsedPromql, ParsePromqlOptions } from "./promql/parse-promql.ts";
export type { Position } from "./promql/position.ts";
export { renameLabels } from "./promql/rename-labels.ts";
export { checkRegexp } from "./promql/regexp.ts";
export type { RegexpCheck } from "./promql/regexp.ts";
export { scopePromql } from "./promql/scope-promql.ts";
export type { ScopedPromql, ScopeMode, ScopePromqlOptions } from "./promql/scope-promql.ts";
export { quote } from "./promql/string-literal.ts";
