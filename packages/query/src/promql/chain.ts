import type { ExpressionNode } from "./expression.ts";
import type { PendingOperator, VectorMatching } from "./operators.ts";
import { binary, bindsBefore, unary } from "./operators.ts";
import { refuse } from "./refuse.ts";

/**
 * Puts operands and operators, met from left to right, together as Prometheus does.
 *
 * The grammar's own tree can't be taken for it: it gives `a + b[5m]` the shape of `(a + b)[5m]`. What follows an operand here, a
 * range or an offset, goes to that operand alone; operators wait on a stack until the next one shows who binds tighter.
 */
export class Chain {
  /** Every node made so far, operands first. */
  readonly nodes: ExpressionNode[] = [];
  readonly #text: string;
  readonly #operands: ExpressionNode[] = [];
  readonly #operators: PendingOperator[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** How much is on the stacks; {@link close} goes back to it. */
  get mark(): { readonly operands: number; readonly operators: number } {
    return { operands: this.#operands.length, operators: this.#operators.length };
  }

  push(node: ExpressionNode): void {
    this.nodes.push(node);
    this.#operands.push(node);
  }

  /** Replaces the last operand by what a range, a subquery, `offset` or `@` makes of it. */
  wrap(make: (operand: ExpressionNode) => ExpressionNode): void {
    this.push(make(this.#pop()));
  }

  sign(operator: string, from: number): void {
    this.#operators.push({ operator, from, unary: true, bool: false });
  }

  operator(operator: string, from: number, floor: number): void {
    this.#reduce(floor, operator);
    this.#operators.push({ operator, from, unary: false, bool: false });
  }

  /** Adds what stands after an operator to it. */
  modify(change: { readonly bool: true } | { readonly matching: VectorMatching }): void {
    const last = this.#operators.at(-1);
    if (last) Object.assign(last, change);
  }

  /** Finishes an argument, or the whole. */
  close(floor: number): void {
    this.#reduce(floor);
  }

  /** Takes the operands of a call off the stack. */
  take(floor: number): readonly ExpressionNode[] {
    return this.#operands.splice(floor);
  }

  #reduce(floor: number, next?: string): void {
    while (this.#operators.length > floor) {
      const waiting = this.#operators.at(-1);
      if (!waiting || (next !== undefined && !bindsBefore(waiting, next))) return;
      this.#operators.pop();
      const right = this.#pop();
      this.push(
        waiting.unary ? unary(this.#text, waiting, right) : binary(this.#text, waiting, [this.#pop(), right]),
      );
    }
  }

  #pop(): ExpressionNode {
    return (
      this.#operands.pop() ??
      refuse("QUERY_SYNTAX", { text: this.#text, offset: 0 }, "operator lacks an operand")
    );
  }
}
