import { durationSeconds } from "@orrery/query";
import type { Parameter } from "../model/parameter.ts";
import { ALERT_SEVERITIES } from "../model/parameter.ts";

/** A value that fits its parameter, as text, or what is wrong with it. */
export type CheckedValue =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Holds a value against its parameter and prints it.
 *
 * What is printed is a number, a duration or a severity and nothing else, so no text can be smuggled into an expression.
 */
export function checkValue(parameter: Parameter, value: unknown): CheckedValue {
  if (parameter.type === "number")
    return checkNumber(value, parameter.minimum ?? -Infinity, parameter.maximum ?? Infinity);
  if (parameter.type === "duration") return checkDuration(value, parameter.minimum, parameter.maximum);
  const severity = ALERT_SEVERITIES.find((one) => one === value);
  return severity
    ? { ok: true, text: severity }
    : { ok: false, reason: `${shown(value)} is none of ${ALERT_SEVERITIES.join(", ")}` };
}

function checkNumber(value: unknown, minimum: number, maximum: number): CheckedValue {
  if (typeof value !== "number" || !Number.isFinite(value))
    return { ok: false, reason: `${shown(value)} is not a number` };
  if (value < minimum) return { ok: false, reason: `${value} is less than ${minimum}` };
  if (value > maximum) return { ok: false, reason: `${value} is more than ${maximum}` };
  return { ok: true, text: String(value) };
}

function checkDuration(
  value: unknown,
  minimum: string | undefined,
  maximum: string | undefined,
): CheckedValue {
  const seconds = typeof value === "string" ? durationSeconds(value) : undefined;
  if (typeof value !== "string" || seconds === undefined)
    return { ok: false, reason: `${shown(value)} is not a duration such as 5m` };
  if (minimum !== undefined && seconds < (durationSeconds(minimum) ?? 0))
    return { ok: false, reason: `${value} is less than ${minimum}` };
  if (maximum !== undefined && seconds > (durationSeconds(maximum) ?? Infinity))
    return { ok: false, reason: `${value} is more than ${maximum}` };
  return { ok: true, text: value };
}

/** A value for a message, cut short. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
