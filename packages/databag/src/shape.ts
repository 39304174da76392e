import { problem } from "@orrery/problems";
import type { Code, Origin } from "@orrery/problems";
import { Ajv } from "ajv";
import type { ErrorObject } from "ajv";
import type { Read } from "./decode-json.ts";
import { quote } from "./quote.ts";

/** Takes a value for a `Value`, or says what is wrong with it. */
export type Shape<Value> = (
  value: unknown,
  about?: { readonly origin?: Origin; readonly code?: Code },
) => Read<Value>;

// Foreign input: the first fault is enough, so that a hostile value cannot make a hundred thousand of them.
const foreign = new Ajv({ allErrors: false, allowUnionTypes: true });
const authored = new Ajv({ allErrors: true, allowUnionTypes: true });

/**
 * Compiles a JSON Schema (draft-07) to a check that never throws and never changes its value.
 *
 * Problems have the code `DATABAG_INVALID_FIELD` unless the caller gives another. `authored` reports up to ten faults instead of
 * one: for texts that their author reads, not for what another application sent.
 */
export function shape<Value>(schema: object, options: { readonly authored?: boolean } = {}): Shape<Value> {
  const validate = (options.authored ? authored : foreign).compile<Value>(schema);
  return (value, about = {}) => {
    if (validate(value)) return { value, problems: [] };
    const origin = about.origin ?? {};
    const faults = (validate.errors ?? []).slice(0, 10);
    return {
      problems: faults.map((fault) =>
        problem(about.code ?? "DATABAG_INVALID_FIELD", { message: tell(fault), origin }),
      ),
    };
  };
}

function tell(fault: ErrorObject): string {
  const place = fault.instancePath === "" ? "the value" : quote(fault.instancePath.slice(1)).slice(1, -1);
  const extra = fault.params["additionalProperty"] ?? fault.params["propertyName"];
  if (fault.keyword === "additionalProperties" && typeof extra === "string")
    return `${place} has the unknown key ${quote(extra)}`;
  const allowed: unknown = fault.params["allowedValues"];
  if (Array.isArray(allowed)) return `${place} must be one of ${allowed.join(", ")}`;
  const about = typeof extra === "string" ? ` (${quote(extra)})` : "";
  return `${place} ${fault.message ?? "is not valid"}${about}`;
}
