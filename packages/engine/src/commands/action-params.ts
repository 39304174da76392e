import type { Action } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { didYouMean } from "../model/near-matches.ts";

type Param = NonNullable<Action["params"]>[string];

/** Reads an action's parameters, defaults filled in; texts are taken for numbers and booleans as a command line gives them. */
export function readParams(
  name: string,
  action: Omit<Action, "run">,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const params = action.params ?? {};
  const known = Object.keys(params);
  for (const one of Object.keys(given)) {
    if (!Object.hasOwn(params, one)) {
      throw refuse(
        `action ${name} has no parameter ${one}${didYouMean(one, known)}; allowed are ${known.join(", ") || "none"}`,
      );
    }
  }
  for (const one of action.required ?? []) {
    if (given[one] === undefined && params[one]?.default === undefined)
      throw refuse(`action ${name} needs parameter ${one}`);
  }
  const values = known.flatMap((one): [string, unknown][] => {
    const param = params[one];
    const value = given[one] ?? param?.default;
    return param === undefined || value === undefined ? [] : [[one, read(one, param, value)]];
  });
  return Object.fromEntries(values);
}

function read(name: string, { type }: Param, value: unknown): unknown {
  if (type === "string" && typeof value === "string") return value;
  if (type === "boolean") {
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
  }
  if (type === "number" || type === "integer") {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (
      typeof number === "number" &&
      (type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number))
    )
      return number;
  }
  throw refuse(
    `parameter ${name} was given ${JSON.stringify(value)?.slice(0, 100)}; allowed is a value of type ${type}`,
  );
}

function refuse(message: string): OrreryError {
  return new OrreryError("ACTION_PARAMS_INVALID", message);
}
