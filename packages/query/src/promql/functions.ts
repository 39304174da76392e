/** The types of PromQL values. @see Prometheus 3.x, `promql/parser/value.go`. */
export type ValueType = "scalar" | "vector" | "matrix" | "string";

/** How a function is called. */
export interface FunctionSignature {
  readonly takes: readonly ValueType[];
  /** How many arguments of the last type may be missing or added: 0 none, 1 the last is optional, -1 any number. */
  readonly variadic: number;
  readonly returns: ValueType;
  /** The first Prometheus that has it as a stable function, where newer than 2.42. */
  readonly since?: string;
}

const VECTOR_TO_VECTOR =
  "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_count histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp";
const MATRIX_TO_VECTOR =
  "absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time";
const OF_TIME = "day_of_month day_of_week day_of_year days_in_month hour minute month year";

function signature(takes: readonly ValueType[], returns: ValueType, variadic = 0): FunctionSignature {
  return { takes, returns, variadic };
}

function all(names: string, one: FunctionSignature): [string, FunctionSignature][] {
  return names.split(" ").map((name) => [name, one]);
}

/**
 * The stable functions of Prometheus, by name.
 *
 * @see Prometheus 3.16, `promql/parser/functions.go`.
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map([
  ...all(VECTOR_TO_VECTOR, signature(["vector"], "vector")),
  ...all(MATRIX_TO_VECTOR, signature(["matrix"], "vector")),
  ...all(OF_TIME, signature(["vector"], "vector", 1)),
  ...all("pi time", signature([], "scalar")),
  ...all("clamp_max clamp_min", signature(["vector", "scalar"], "vector")),
  ...all("histogram_stddev histogram_stdvar", { ...signature(["vector"], "vector"), since: "2.47" }),
  ["clamp", signature(["vector", "scalar", "scalar"], "vector")],
  ["first_over_time", { ...signature(["matrix"], "vector"), since: "3.14" }],
  ["histogram_avg", { ...signature(["vector"], "vector"), since: "2.51" }],
  ["histogram_fraction", signature(["scalar", "scalar", "vector"], "vector")],
  ["histogram_quantile", signature(["scalar", "vector"], "vector")],
  ["label_join", signature(["vector", "string", "string", "string"], "vector", -1)],
  ["label_replace", signature(["vector", "string", "string", "string", "string"], "vector")],
  ["predict_linear", signature(["matrix", "scalar"], "vector")],
  ["quantile_over_time", signature(["scalar", "matrix"], "vector")],
  ["round", signature(["vector", "scalar"], "vector", 1)],
  ["scalar", signature(["vector"], "scalar")],
  ["vector", signature(["scalar"], "vector")],
]);

/** Functions that need `--enable-feature=promql-experimental-functions`, or that left PromQL with Prometheus 3. */
export const UNSTABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  ..."double_exponential_smoothing end histogram_quantiles holt_winters info integral mad_over_time max_of min_of".split(
    " ",
  ),
  ..."range sort_by_label sort_by_label_desc start start_timestamp step".split(" "),
  ..."ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time".split(" "),
]);

/** Aggregations that take a parameter before the vector, and its type. */
export const AGGREGATION_PARAMETERS: Readonly<Record<string, ValueType>> = {
  bottomk: "scalar",
  count_values: "string",
  quantile: "scalar",
  topk: "scalar",
};

/** Aggregations that need a feature flag. */
export const UNSTABLE_AGGREGATIONS: ReadonlySet<string> = new Set(["limitk", "limit_ratio"]);
