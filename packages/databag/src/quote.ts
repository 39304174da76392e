import { asciiString } from "./py-json-dumps.ts";

/** The most characters of a foreign text that a message repeats. */
const MAX_QUOTED = 80;

/** Quotes a foreign text for a message: printable ASCII alone, so nothing in it reaches a terminal, and cut at 80 characters. */
export function quote(text: string): string {
  return text.length > MAX_QUOTED ? `${asciiString(text.slice(0, MAX_QUOTED))}…` : asciiString(text);
}
