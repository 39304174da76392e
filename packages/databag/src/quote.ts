import { asciiString } from "./py-json-dumps.ts";

/**
 * Quotes a foreign text for a message: printable ASCII alone, so that nothing in it reaches a terminal.
 *
 * @param most - Characters that are repeated; what follows is cut and shown as an ellipsis.
 */
export function quote(text: string, most: number = 80): string {
  return text.length > most ? `${asciiString(text.slice(0, most))}…` : asciiString(text);
}
