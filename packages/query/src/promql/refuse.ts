import type { Code } from "@orrery/problems";
import { OrreryError } from "@orrery/problems";
import { positionOf } from "./position.ts";

/** A place in the text of an expression. */
export interface Place {
  readonly text: string;
  /** UTF-16 code units from 0. */
  readonly offset: number;
}

/**
 * Gives up on an expression.
 *
 * @throws {@link OrreryError} always; `parsePromql` turns it into a problem.
 */
export function refuse(code: Code, place: Place, message: string): never {
  const { line, column } = positionOf(place.text, place.offset);
  throw new OrreryError(code, `${message}, at ${line}:${column}`, { origin: { line, column } });
}

/** Names what stands at a place, for a message. */
export function found({ text, offset }: Place): string {
  if (offset >= text.length) return "the end";
  const token = /^(?:[\w:.]+|"[^"]*"?|'[^']*'?|=~|!~|!=|==|[<>]=|\s|.)/su.exec(
    text.slice(offset, offset + 40),
  )?.[0];
  return JSON.stringify(token ?? text.charAt(offset));
}
