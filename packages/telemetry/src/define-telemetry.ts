import { OrreryError } from "@orrery/problems";
import { checkDeclaration } from "./check-declaration.ts";
import type { TelemetryDeclaration } from "./declaration.ts";

/**
 * Declares what a product emits; gives the declaration back, with its own type, once it was found valid.
 *
 * @throws OrreryError `TELEMETRY_INVALID` naming up to three faults.
 */
export function defineTelemetry<const Declaration extends TelemetryDeclaration>(
  declaration: Declaration,
): Declaration {
  const faults = checkDeclaration(declaration);
  if (faults.length === 0) return declaration;
  const told = faults.slice(0, 3).map(({ message }) => message);
  throw new OrreryError("TELEMETRY_INVALID", `telemetry declaration is not valid: ${told.join("; ")}`, {
    origin: { application: declaration.product },
  });
}
