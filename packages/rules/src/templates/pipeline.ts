import { PURE_FUNCTIONS, SERVER_FUNCTIONS } from "./template-functions.ts";
import { TemplateError } from "./template-error.ts";
import type { Token } from "./tokens.ts";

/** What a pipeline may use. */
export interface PipelineScope {
  readonly variables: ReadonlySet<string>;
  readonly strict: boolean;
}

const DEEPEST = 20;
const CONSTANTS = new Set(["true", "false", "nil"]);

/**
 * Checks a pipeline: commands joined by `|`, each an operand or a function with its arguments.
 *
 * @throws {@link TemplateError}
 * @see Go, `text/template/parse`, `pipeline`, `command` and `operand`.
 */
export function checkPipeline(tokens: readonly Token[], scope: PipelineScope, offset: number): void {
  const reader = new Reader(tokens, scope, offset);
  reader.pipeline(0);
  reader.end();
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #scope: PipelineScope;
  readonly #offset: number;
  #at = 0;

  constructor(tokens: readonly Token[], scope: PipelineScope, offset: number) {
    this.#tokens = tokens;
    this.#scope = scope;
    this.#offset = offset;
  }

  pipeline(depth: number): void {
    if (depth > DEEPEST) throw this.#error("parentheses that are nested too deep");
    for (let stage = 0; ; stage++) {
      this.#command(depth, stage > 0);
      if (this.#peek()?.text !== "|") return;
      this.#at++;
    }
  }

  end(): void {
    const rest = this.#peek();
    if (rest) throw this.#error(`an unexpected ${JSON.stringify(rest.text)}`);
  }

  #command(depth: number, receives: boolean): void {
    const first = this.#peek();
    if (
      receives &&
      first &&
      (["number", "string", "char", "dot"].includes(first.kind) || CONSTANTS.has(first.text))
    ) {
      throw this.#error(`${JSON.stringify(first.text)} after |, where a function belongs`);
    }
    let count = 0;
    while (this.#operand(depth, count > 0)) count++;
    if (count === 0) throw this.#error("an action or a command without a value");
  }

  #operand(depth: number, mustBeApart: boolean): boolean {
    const token = this.#peek();
    if (!token || token.text === "|" || token.text === ")") return false;
    if (mustBeApart && !token.apart) throw this.#error(`an unexpected ${JSON.stringify(token.text)}`);
    this.#at++;
    if (token.text === "(") {
      this.pipeline(depth + 1);
      if (this.#peek()?.text !== ")") throw this.#error("a parenthesis that is not closed");
      this.#at++;
    } else if (token.kind === "symbol")
      throw this.#error(`an unexpected ${JSON.stringify(token.text)}`, token);
    else this.#term(token);
    this.#fields(token);
    return true;
  }

  #term(token: Token): void {
    const { variables, strict } = this.#scope;
    if (token.kind === "variable") {
      if (!variables.has(token.text))
        throw this.#error(`the variable ${token.text}, which is not defined`, token);
      if (strict && token.text === "$externalURL")
        throw this.#error(`${token.text}, which is not allowed`, token);
    }
    if (strict && token.kind === "field" && token.text === ".ExternalURL")
      throw this.#error(`${token.text}, which is not allowed`, token);
    if (token.kind !== "word" || CONSTANTS.has(token.text)) return;
    const known = PURE_FUNCTIONS.has(token.text) || SERVER_FUNCTIONS.has(token.text);
    if (!known) throw this.#error(`the function ${token.text}, which is not defined`, token);
    if (strict && SERVER_FUNCTIONS.has(token.text))
      throw this.#error(`the function ${token.text}, which is not allowed`, token);
  }

  /** What is chained to an operand, such as `.instance` to `$labels`. */
  #fields(owner: Token): void {
    for (let next = this.#peek(); next?.kind === "field" && !next.apart; next = this.#peek()) {
      const chainable = ["variable", "field"].includes(owner.kind) || owner.text === "(";
      if (!chainable) throw this.#error(`an unexpected ${JSON.stringify(next.text)}`);
      if (this.#scope.strict && owner.text === "$" && next.text === ".ExternalURL")
        throw this.#error("$.ExternalURL, which is not allowed");
      this.#at++;
    }
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #error(what: string, at: Token | undefined = this.#peek()): TemplateError {
    return new TemplateError(what, at?.offset ?? this.#offset);
  }
}
