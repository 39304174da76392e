import { OrreryError } from "@orrery/problems";
import { Ajv } from "ajv";
import type { ErrorObject, ValidateFunction } from "ajv";
import { materialSchema, momentSchema, subjectSchema } from "./material-schema.ts";
import type { Outcome } from "./outcome.ts";
import { outcomeSchema } from "./outcome-schema.ts";

const validate: ValidateFunction<Outcome> = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  discriminator: true,
})
  .addSchema([momentSchema, subjectSchema, materialSchema])
  .compile<Outcome>(outcomeSchema);

/**
 * Takes a value for an outcome, from our own process or another one.
 *
 * @throws OrreryError `OUTCOME_INVALID` naming up to three places that do not fit.
 */
export function validateOutcome(value: unknown): Outcome {
  if (validate(value)) return value;
  const told = (validate.errors ?? []).slice(0, 3).map(tell).join("; ");
  throw new OrreryError("OUTCOME_INVALID", `outcome does not have the wanted form: ${told}`);
}

function tell(error: ErrorObject): string {
  const extra = error.params["additionalProperty"] ?? error.params["propertyName"];
  const allowed = error.params["allowedValues"];
  const more =
    typeof extra === "string" ? ` (${extra})` : Array.isArray(allowed) ? ` (${allowed.join(", ")})` : "";
  return `${error.instancePath || "/"} ${error.message ?? "is not valid"}${more}`;
}
