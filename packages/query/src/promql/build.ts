import type { Tree, TreeCursor } from "@lezer/common";
import * as term from "@prometheus-io/lezer-promql";
import type { Grouping } from "./call.ts";
import { aggregation, call } from "./call.ts";
import { Chain } from "./chain.ts";
import type { ExpressionNode } from "./expression.ts";
import { range, shift, subquery } from "./modifiers.ts";
import { readNumber } from "./number-literal.ts";
import type { Span } from "./read-modifiers.ts";
import { readGrouping, readMatching, readOffset, readRange, readTime } from "./read-modifiers.ts";
import { readSelector } from "./read-selector.ts";
import { refuse } from "./refuse.ts";
import { DURATIONS_ARE_NUMBERS, OLDEST } from "./since.ts";
import { unquote } from "./string-literal.ts";

const ARITHMETIC = [term.Add, term.Sub, term.Mul, term.Div, term.Mod, term.Pow, term.Atan2];
const COMPARING = [term.Eql, term.Neq, term.Lss, term.Lte, term.Gtr, term.Gte];
const OPERATORS: ReadonlySet<number> = new Set([...ARITHMETIC, ...COMPARING, term.And, term.Or, term.Unless]);
const EXPERIMENTAL: ReadonlyMap<number, string> = new Map([
  [term.FillModifier, "fill"],
  [term.AnchoredExpr, "anchored"],
  [term.SmoothedExpr, "smoothed"],
  [term.TrimUpper, "operator </"],
  [term.TrimLower, "operator >/"],
]);

/** Something with parentheses that is open: a call, an aggregation, a parenthesis, or the whole. */
interface Frame {
  readonly from: number;
  /** Depth in the grammar's tree of what holds the arguments. */
  depth: number;
  name: string;
  grouping?: Grouping;
  readonly operands: number;
  readonly operators: number;
}

/**
 * Turns the grammar's tree into typed nodes, without recursion.
 *
 * @throws {@link OrreryError} for whatever the grammar takes and Prometheus does not.
 */
export function build(text: string, tree: Tree): readonly ExpressionNode[] {
  const builder = new Builder(text);
  const cursor = tree.cursor();
  for (let depth = 0; ;) {
    if (builder.enter(cursor, depth) && cursor.firstChild()) {
      depth++;
      continue;
    }
    for (;;) {
      builder.leave(cursor, depth);
      if (cursor.nextSibling()) break;
      if (!cursor.parent()) return builder.nodes;
      depth--;
    }
  }
}

class Builder {
  readonly #text: string;
  readonly #chain: Chain;
  readonly #frames: Frame[] = [];
  /** Durations of the range or subquery that is open. */
  #spans: Span[] = [];
  /** An `@` was read, so the number that follows is a time. */
  #atTime = false;

  constructor(text: string) {
    this.#text = text;
    this.#chain = new Chain(text);
  }

  get nodes(): readonly ExpressionNode[] {
    return this.#chain.nodes;
  }

  get #frame(): Frame {
    return (
      this.#frames.at(-1) ??
      refuse("QUERY_SYNTAX", { text: this.#text, offset: 0 }, "expression has no beginning")
    );
  }

  /** Reads a node before its children; says whether they are read too. */
  enter(cursor: TreeCursor, depth: number): boolean {
    const { from, to } = cursor;
    const id = cursor.type.id;
    if (OPERATORS.has(id)) {
      this.#chain.operator(this.#text.slice(from, to).toLowerCase(), from, this.#frame.operators);
      return false;
    }
    switch (id) {
      case term.VectorSelector:
        this.#chain.push(readSelector(this.#text, cursor));
        return false;
      case term.NumberDurationLiteral:
        if (!this.#atTime) this.#number(from, to);
        return false;
      case term.StringLiteral:
        this.#chain.push({
          kind: "string",
          type: "string",
          from,
          to,
          operands: [],
          since: OLDEST,
          detail: unquote(this.#text, from, to),
        });
        return false;
      case term.PromQL:
      case term.ParenExpr:
      case term.FunctionCall:
      case term.AggregateExpr:
        this.#frames.push({ from, depth, name: "", ...this.#chain.mark });
        return true;
      case term.FunctionCallBody:
        this.#frame.depth = depth;
        return true;
      case term.FunctionIdentifier:
        this.#frame.name = this.#text.slice(from, to);
        return false;
      case term.AggregateOp:
        this.#frame.name = this.#text.slice(from, to).toLowerCase();
        return false;
      case term.AggregateModifier:
        this.#frame.grouping = readGrouping(this.#text, cursor.node);
        return false;
      case term.BoolModifier:
        this.#chain.modify({ bool: true });
        return false;
      case term.MatchingModifierClause:
        this.#chain.modify({ matching: readMatching(this.#text, cursor.node) });
        return false;
      case term.UnaryOp:
        this.#chain.sign(this.#text.charAt(from), from);
        return false;
      case term.DurationExpr:
      case term.OffsetDurationExpr:
        this.#spans.push({ from, to });
        return false;
      case term.At:
        this.#atTime = true;
        return false;
      default:
        return this.#refuseExperimental(id, from);
    }
  }

  /** Reads a node after its children. */
  leave(cursor: TreeCursor, depth: number): void {
    const text = this.#text;
    const { from, to } = cursor;
    const frame = this.#frames.at(-1);
    switch (cursor.type.id) {
      case term.LineComment:
        return;
      case term.MatrixSelector:
        this.#chain.wrap((operand) => range(text, operand, readRange(text, this.#takeSpans(), to)));
        break;
      case term.SubqueryExpr:
        this.#chain.wrap((operand) => subquery(text, operand, readRange(text, this.#takeSpans(), to)));
        break;
      case term.OffsetExpr:
        for (const span of this.#takeSpans())
          this.#chain.wrap((operand) => shift(text, operand, { ...readOffset(text, span), kind: "offset" }));
        break;
      case term.StepInvariantExpr: {
        const time = cursor.node.lastChild;
        if (time)
          this.#chain.wrap((operand) => shift(text, operand, { ...readTime(text, time), to, kind: "at" }));
        this.#atTime = false;
        break;
      }
      case term.ParenExpr:
        if (frame) this.#parens(frame, to);
        break;
      case term.FunctionCall:
        if (frame)
          this.#pushOf(frame, call(text, { name: frame.name, from, to }, this.#chain.take(frame.operands)));
        break;
      case term.AggregateExpr:
        if (frame)
          this.#pushOf(
            frame,
            aggregation(
              text,
              { name: frame.name, from, to, grouping: frame.grouping },
              this.#chain.take(frame.operands),
            ),
          );
        break;
      default:
    }
    const open = this.#frames.at(-1);
    if (open && depth === open.depth + 1) this.#chain.close(open.operators);
  }

  #pushOf(frame: Frame, node: ExpressionNode): void {
    if (this.#frames.at(-1) === frame) this.#frames.pop();
    this.#chain.push(node);
  }

  #parens(frame: Frame, to: number): void {
    const [inner] = this.#chain.take(frame.operands);
    if (!inner) return;
    this.#pushOf(frame, {
      kind: "parens",
      type: inner.type,
      from: frame.from,
      to,
      operands: [inner],
      since: OLDEST,
      detail: "",
    });
  }

  #number(from: number, to: number): void {
    const sign = /^[+-]/.exec(this.#text.charAt(from))?.[0];
    if (sign !== undefined) this.#chain.sign(sign, from);
    const start = sign === undefined ? from : skipBlank(this.#text, from + 1);
    const { isDuration } = readNumber(this.#text, start, to);
    const since = isDuration ? DURATIONS_ARE_NUMBERS : OLDEST;
    this.#chain.push({
      kind: "number",
      type: "scalar",
      from: start,
      to,
      operands: [],
      since,
      detail: this.#text.slice(start, to),
    });
  }

  #takeSpans(): readonly Span[] {
    const spans = this.#spans;
    this.#spans = [];
    return spans;
  }

  #refuseExperimental(id: number, from: number): boolean {
    const what = EXPERIMENTAL.get(id);
    if (what !== undefined)
      refuse(
        "QUERY_EXPERIMENTAL",
        { text: this.#text, offset: from },
        `${what} is experimental, or too new for Prometheus 2.42`,
      );
    return true;
  }
}

const BLANK = /(?:\s|#[^\n]*\n)*/y;

function skipBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  return at + (BLANK.exec(text)?.[0].length ?? 0);
}
