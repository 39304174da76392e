import type { ScopeMode } from "@orrery/query";
import { checkPipeline } from "./pipeline.ts";
import { TemplateError } from "./template-error.ts";
import { ALERT_VARIABLES, RANGES } from "./template-functions.ts";
import type { Action, Token } from "./tokens.ts";
import { readActions } from "./tokens.ts";

/** The longest label or annotation that is read, in UTF-16 code units. */
export const MAX_TEMPLATE_LENGTH = 16_384;

const OPENING = new Set(["if", "range", "with", "define", "block"]);
const MOST_RANGES = 2;

/** A block that is open. */
interface Block {
  readonly keyword: string;
  readonly offset: number;
  /** Variables of the blocks around it. */
  readonly outer: ReadonlySet<string>;
  hasElse: boolean;
}

/**
 * Checks the text of a label or an annotation as Prometheus parses it.
 *
 * Strict mode lets it use the alert's own labels and value and pure functions only: nothing that queries, and no loop but over
 * labels, two deep at most. Compatible mode lets it use whatever Prometheus has.
 *
 * @returns What is wrong and where, such as `the function query, which is not allowed, at 1:4`, or nothing.
 * @see Go, `text/template/parse`; Prometheus 3.x, `model/rulefmt`, `testTemplateParsing`.
 */
export function checkTemplate(text: string, mode: ScopeMode): string | undefined {
  if (text.length > MAX_TEMPLATE_LENGTH) return `more than ${MAX_TEMPLATE_LENGTH} characters`;
  if (!text.includes("{{")) return undefined;
  try {
    const checker = new Checker(mode === "strict");
    for (const action of readActions(text)) checker.action(action);
    checker.end();
    return undefined;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const before = text.slice(0, error.offset);
    return `${error.message}, at ${before.split("\n").length}:${error.offset - before.lastIndexOf("\n")}`;
  }
}

class Checker {
  readonly #strict: boolean;
  readonly #blocks: Block[] = [];
  #variables: Set<string> = new Set(ALERT_VARIABLES);

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  action({ tokens, offset }: Action): void {
    const [first] = tokens;
    if (!first) throw new TemplateError("an action without a value", offset);
    const keyword = first.kind === "word" ? first.text : "";
    if (OPENING.has(keyword)) this.#open(keyword, tokens.slice(1), offset);
    else if (keyword === "else") this.#else(tokens.slice(1), offset);
    else if (keyword === "end") this.#close(tokens.slice(1), offset);
    else if (keyword === "break" || keyword === "continue") this.#jump(keyword, tokens.slice(1), offset);
    else if (keyword === "template") this.#template(tokens.slice(1), offset);
    else this.#pipeline(tokens, offset);
  }

  end(): void {
    const open = this.#blocks.at(-1);
    if (open) throw new TemplateError(`${open.keyword}, which has no end`, open.offset);
  }

  #open(keyword: string, rest: readonly Token[], offset: number): void {
    if (keyword === "define" || keyword === "block") {
      if (this.#strict) throw new TemplateError(`${keyword}, which is not allowed`, offset);
      this.#named(keyword, rest, offset);
    }
    this.#blocks.push({ keyword, offset, outer: new Set(this.#variables), hasElse: false });
    if (keyword === "define") this.#variables = new Set(["$"]);
    else if (keyword !== "block") this.#pipeline(rest, offset, keyword === "range");
    if (this.#strict && this.#blocks.filter((block) => block.keyword === "range").length > MOST_RANGES) {
      throw new TemplateError(`range within more than ${MOST_RANGES - 1} other`, offset);
    }
  }

  #else(rest: readonly Token[], offset: number): void {
    const block = this.#blocks.at(-1);
    if (!block || block.hasElse || block.keyword === "define")
      throw new TemplateError("an unexpected else", offset);
    const [keyword, ...condition] = rest;
    if (!keyword) block.hasElse = true;
    else if (keyword.text === block.keyword && keyword.text !== "range") this.#pipeline(condition, offset);
    else throw new TemplateError(`an unexpected ${JSON.stringify(keyword.text)} after else`, keyword.offset);
  }

  #close(rest: readonly Token[], offset: number): void {
    const block = this.#blocks.pop();
    if (!block || rest.length > 0) throw new TemplateError("an unexpected end", offset);
    this.#variables = new Set(block.outer);
  }

  #jump(keyword: string, rest: readonly Token[], offset: number): void {
    const loops = this.#blocks.some((block) => block.keyword === "range");
    if (!loops || rest.length > 0) throw new TemplateError(`an unexpected ${keyword}`, offset);
  }

  #template(rest: readonly Token[], offset: number): void {
    if (this.#strict) throw new TemplateError("template, which is not allowed", offset);
    this.#named("template", rest, offset);
  }

  #named(keyword: string, [name, ...argument]: readonly Token[], offset: number): void {
    if (name?.kind !== "string") throw new TemplateError(`${keyword} without a name`, offset);
    if (argument.length > 0) this.#pipeline(argument, offset);
  }

  /** A pipeline, with the variables that it declares or sets before it. */
  #pipeline(tokens: readonly Token[], offset: number, loops = false): void {
    const { declared, assigned, rest } = splitDeclaration(tokens, loops);
    for (const { text, offset: at } of assigned) {
      if (!this.#variables.has(text))
        throw new TemplateError(`the variable ${text}, which is not defined`, at);
    }
    checkPipeline(rest, { variables: this.#variables, strict: this.#strict }, offset);
    if (loops && this.#strict && (rest.length !== 1 || !RANGES.has(rest[0]?.text ?? ""))) {
      throw new TemplateError("range over something that is not the labels", offset);
    }
    for (const { text } of declared) this.#variables.add(text);
  }
}

interface Declaration {
  readonly declared: readonly Token[];
  readonly assigned: readonly Token[];
  readonly rest: readonly Token[];
}

function splitDeclaration(tokens: readonly Token[], loops: boolean): Declaration {
  const [one, sign, two, second] = tokens;
  const none = { declared: [], assigned: [], rest: tokens };
  if (one?.kind !== "variable") return none;
  const pair = loops && sign?.text === "," && two?.kind === "variable" ? second : undefined;
  const names = pair && two ? [one, two] : [one];
  const operator = pair ?? sign;
  if (operator?.text !== ":=" && operator?.text !== "=") return none;
  const rest = tokens.slice(pair ? 4 : 2);
  return operator.text === ":="
    ? { declared: names, assigned: [], rest }
    : { declared: [], assigned: names, rest };
}
