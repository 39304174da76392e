import { OrreryError, isOrreryError } from "@orrery/problems";

/** The same error without the values of secrets; without its cause, too, where that would repeat them. */
export function maskedError(cause: unknown, mask: (text: string) => string): unknown {
  if (!isOrreryError(cause)) return cause;
  const { code, origin } = cause;
  const [message, remedy] = [mask(cause.message), mask(cause.remedy)];
  if (message === cause.message && remedy === cause.remedy) return cause;
  return new OrreryError(code, message, { remedy, origin });
}
