import { TemplateError } from "./template-error.ts";

/** A word of an action. */
export interface Token {
  readonly kind: "variable" | "field" | "dot" | "word" | "number" | "string" | "char" | "symbol";
  readonly text: string;
  readonly offset: number;
  /** White space stands before it. */
  readonly apart: boolean;
}

/** What stands between `{{` and `}}`; no tokens for a comment. */
export interface Action {
  readonly tokens: readonly Token[];
  readonly offset: number;
}

const OPEN = "{{";
const COMMENT = /\{\{(?:- )?\s*\/\*[\s\S]*?\*\/\s*(?: ?-)?\}\}/y;
const START = /\{\{(?:-(?=\s))?/y;
const CLOSE = /\s*(?:(?<=\s)-)?\}\}/y;
const BLANK = /\s+/y;
const KINDS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["variable", /\$\w*/y],
  ["field", /\.[A-Za-z_]\w*/y],
  [
    "number",
    /[+-]?(?:0[xX][\da-fA-F_]+|0[bBoO][\d_]+|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)i?/y,
  ],
  ["dot", /\./y],
  ["word", /[A-Za-z_]\w*/y],
  ["string", /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`/y],
  ["char", /'(?:[^'\\\n]|\\[^\n])+'/y],
  ["symbol", /:=|[=|(),]/y],
];

/** Cuts a text into its actions. @throws {@link TemplateError} */
export function readActions(text: string): readonly Action[] {
  const actions: Action[] = [];
  for (let at = text.indexOf(OPEN); at !== -1; at = text.indexOf(OPEN, at)) {
    const comment = match(COMMENT, text, at);
    if (comment !== undefined) {
      at += comment.length;
      continue;
    }
    const tokens: Token[] = [];
    const offset = at;
    at += match(START, text, at)?.length ?? OPEN.length;
    for (;;) {
      const close = match(CLOSE, text, at);
      if (close !== undefined) {
        at += close.length;
        break;
      }
      const blank = match(BLANK, text, at)?.length ?? 0;
      const token = readToken(text, at + blank, blank > 0);
      if (!token)
        throw new TemplateError(
          at + blank >= text.length ? "an action that is not closed" : unexpected(text, at + blank),
          offset,
        );
      tokens.push(token);
      at = token.offset + token.text.length;
    }
    actions.push({ tokens, offset });
  }
  return actions;
}

function readToken(text: string, offset: number, apart: boolean): Token | undefined {
  for (const [kind, pattern] of KINDS) {
    const found = match(pattern, text, offset);
    if (found !== undefined) return { kind, text: found, offset, apart };
  }
  return undefined;
}

function unexpected(text: string, offset: number): string {
  return `an unexpected ${JSON.stringify(text.charAt(offset))}`;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
