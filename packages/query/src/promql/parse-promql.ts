import type { Origin, Problem } from "@orrery/problems";
import { isOrreryError } from "@orrery/problems";
import type { Tree } from "@lezer/common";
import { parser as grammar } from "@prometheus-io/lezer-promql";
import { build } from "./build.ts";
import type { Expression } from "./expression.ts";
import { FUNCTIONS, UNSTABLE_FUNCTIONS } from "./functions.ts";
import type { PromqlLimits } from "./limits.ts";
import { PROMQL_LIMITS } from "./limits.ts";
import { ParseMemory } from "./parse-memory.ts";
import { found, refuse } from "./refuse.ts";
import { scan } from "./scan.ts";
import { newer, OLDEST } from "./since.ts";

/** What {@link parsePromql} takes beside the text. */
export interface ParsePromqlOptions {
  /** {@link PROMQL_LIMITS} when absent. */
  readonly limits?: PromqlLimits;
  /** Where the expression stands; without a file, its problems tell line and column within the expression instead. */
  readonly origin?: Origin;
}

/** An expression that Prometheus would accept, or why it would not. */
export type ParsedPromql =
  | { readonly ok: true; readonly expression: Expression; readonly tokens: number }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** How much was read before it was refused; 0 where its size alone was. */
      readonly tokens: number;
    };

const strict = grammar.configure({ strict: true });
const memory = new ParseMemory();

/**
 * Reads and type-checks a PromQL expression, never throwing for what is in it.
 *
 * What passes, every Prometheus from {@link Expression.since} on accepts. Refused beyond what Prometheus 3 refuses: experimental
 * functions and syntax, computed durations, strings whose bytes are not UTF-8, and metrics that are named like a modifier
 * (`offset`, `anchored`). Problems have the code `QUERY_TOO_LARGE`, `QUERY_SYNTAX`, `QUERY_TYPE`, `QUERY_UNKNOWN_FUNCTION`,
 * `QUERY_EXPERIMENTAL` or `QUERY_SELECTOR`; their messages end with line and column within the expression.
 *
 * @see Prometheus 3.16, `promql/parser`; `promtool check rules` is the judge in the tests.
 */
export function parsePromql(text: string, options: ParsePromqlOptions = {}): ParsedPromql {
  let tokens = 0;
  try {
    tokens = scan(text, options.limits ?? PROMQL_LIMITS);
    const known = memory.get(text);
    if (known) return { ok: true, expression: known, tokens };
    const nodes = build(text, parseTree(text));
    const whole = nodes.at(-1) ?? refuse("QUERY_SYNTAX", { text, offset: 0 }, "expression is empty");
    const since = nodes.reduce(
      (newest, node) => (node.since === OLDEST ? newest : newer(newest, node.since)),
      OLDEST,
    );
    const expression: Expression = { text, type: whole.type, since, tokens, nodes };
    memory.keep(expression);
    return { ok: true, expression, tokens };
  } catch (error) {
    if (!isOrreryError(error)) throw error;
    const problem = error.toProblem();
    const { origin } = options;
    const place = origin?.file === undefined ? problem.origin : {};
    return { ok: false, problems: [{ ...problem, origin: { ...origin, ...place } }], tokens };
  }
}

function parseTree(text: string): Tree {
  try {
    return strict.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = Number(/\d+$/.exec(error.message)?.[0] ?? 0);
    refuseFunction(text, offset);
    return refuse(
      "QUERY_SYNTAX",
      { text, offset },
      `expression does not parse: found ${found({ text, offset })}`,
    );
  }
}

/** The grammar knows the functions by name; a word before a parenthesis that is none of them deserves a better message. */
function refuseFunction(text: string, offset: number): void {
  const name = text.charAt(offset) === "(" ? /[A-Za-z_][\w:]*(?=\s*$)/.exec(text.slice(0, offset)) : null;
  if (!name || FUNCTIONS.has(name[0])) return;
  const place = { text, offset: name.index };
  if (UNSTABLE_FUNCTIONS.has(name[0]))
    refuse("QUERY_EXPERIMENTAL", place, `function ${name[0]} is experimental, or gone from Prometheus 3`);
  refuse("QUERY_UNKNOWN_FUNCTION", place, `function ${name[0]} is unknown`);
}
