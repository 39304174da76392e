import type { Expression } from "./expression.ts";

/** Tokens of all expressions that are kept: some 4,000 rules with what scoping makes of them, about 30 MB. */
const MOST_TOKENS = 250_000;

/**
 * The expressions that were read last, by their text: relation, scoping and backend each read what the one before wrote.
 *
 * An expression depends on its text alone, so nobody can tell a remembered one from a new one but by the time that it takes.
 */
export class ParseMemory {
  readonly #most: number;
  readonly #kept = new Map<string, Expression>();
  #tokens = 0;

  constructor(mostTokens: number = MOST_TOKENS) {
    this.#most = mostTokens;
  }

  get(text: string): Expression | undefined {
    const found = this.#kept.get(text);
    if (found) {
      // What is asked for again goes to the end of the line.
      this.#kept.delete(text);
      this.#kept.set(text, found);
    }
    return found;
  }

  keep(expression: Expression): void {
    if (expression.tokens > this.#most) return;
    this.#kept.set(expression.text, expression);
    this.#tokens += expression.tokens;
    for (const [text, { tokens }] of this.#kept) {
      if (this.#tokens <= this.#most) return;
      this.#kept.delete(text);
      this.#tokens -= tokens;
    }
  }
}
