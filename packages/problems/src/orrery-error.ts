import type { Origin, Problem } from "./problem.ts";
import { problem } from "./problem.ts";
import type { Code } from "./registry.ts";

/** What {@link OrreryError} takes beside its code. */
export interface OrreryErrorOptions extends ErrorOptions {
  readonly origin?: Origin;
  /** The registry's remedy when absent. */
  readonly remedy?: string;
}

/**
 * A request that cannot be fulfilled: the one error class of the project.
 *
 * Callers compare `code`. Findings about other people's data are {@link Problem}s, which are returned, not thrown.
 */
export class OrreryError extends Error {
  override readonly name = "OrreryError";
  readonly code: Code;
  readonly remedy: string;
  readonly origin: Origin;

  constructor(code: Code, message: string, options: OrreryErrorOptions = {}) {
    super(message, options);
    const found = problem(code, { message, ...options });
    this.code = code;
    this.remedy = found.remedy;
    this.origin = found.origin;
  }

  /** The same finding as data. */
  toProblem(): Problem {
    return problem(this.code, { message: this.message, remedy: this.remedy, origin: this.origin });
  }
}

/** Says whether a value is an {@link OrreryError}, also one from another copy of this package. */
export function isOrreryError(value: unknown): value is OrreryError {
  return value instanceof Error && value.name === "OrreryError" && "code" in value && "remedy" in value;
}
