import type { Code, Origin, Problem } from "@orrery/problems";
import { isOrreryError, problem } from "@orrery/problems";
import { printable } from "../reports/event-log.ts";

/** Takes whatever was thrown for a finding: its own code when it has one, else the one given. */
export function problemFrom(
  cause: unknown,
  otherwise: { readonly code: Code; readonly origin: Origin },
): Problem {
  const { code, origin } = otherwise;
  if (isOrreryError(cause)) return { ...cause.toProblem(), origin: { ...origin, ...cause.origin } };
  const told = cause instanceof Error ? cause.message : String(cause);
  return problem(code, { message: printable(told, 500), origin });
}
