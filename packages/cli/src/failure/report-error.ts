import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Terminal } from "../terminal/terminal.ts";

/** Tells a person or a program what went wrong: code, what was found, how to mend it. */
export function reportError(error: unknown, terminal: Terminal, json: boolean): void {
  const known = isOrreryError(error) ? error : internal(error);
  const { code, message, remedy, origin } = known;
  if (json) {
    terminal.tell(`${JSON.stringify({ error: { code, message, remedy, origin } })}\n`);
    return;
  }
  terminal.tell(`${terminal.paintTold("red", `ERROR ${code}`)}: ${message}\n  ${remedy}\n`);
  if (terminal.environment["ORRERY_DEBUG"] && error instanceof Error) terminal.tell(`${error.stack ?? ""}\n`);
}

function internal(error: unknown): OrreryError {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new OrreryError("INTERNAL_ERROR", message, { cause: error });
}
