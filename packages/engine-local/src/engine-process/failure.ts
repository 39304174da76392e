import { OrreryError, isCode, isOrreryError } from "@orrery/problems";
import type { Code } from "@orrery/problems";
import type { Failure } from "./worker-messages.ts";

/** Writes an error as plain JSON; one that is not ours bears the code given. */
export function failureOf(cause: unknown, code: Code): Failure {
  const found = isOrreryError(cause)
    ? cause
    : new OrreryError(code, cause instanceof Error ? cause.message : String(cause));
  return { code: found.code, message: found.message, remedy: found.remedy };
}

/** Makes an error of plain JSON, whoever wrote it. */
export function errorOf(failure: Partial<Failure>, otherwise: Code): OrreryError {
  const { code, message, remedy } = failure;
  const known = code !== undefined && isCode(code) ? code : otherwise;
  return new OrreryError(
    known,
    message ?? "the engine told no reason",
    remedy === undefined ? {} : { remedy },
  );
}
