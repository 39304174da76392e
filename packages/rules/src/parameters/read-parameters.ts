import { durationSeconds } from "@orrery/query";
import type { Parameter } from "../model/parameter.ts";
import { ALERT_SEVERITIES } from "../model/parameter.ts";
import { checkValue, shown } from "./parameter-value.ts";

/** What was read of a rule's `parameters`. */
export interface ReadParameters {
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Why the rule can't be taken. */
  readonly reasons: readonly string[];
}

const NAME = /^[a-z][a-z\d_-]{0,40}$/;
const KEYS: Readonly<Record<Parameter["type"], readonly string[]>> = {
  number: ["type", "default", "minimum", "maximum", "unit", "description"],
  duration: ["type", "default", "minimum", "maximum", "description"],
  severity: ["type", "default", "description"],
};

/**
 * Reads the `parameters` of a rule: `threshold: { type: number, default: 0.05, maximum: 1 }`, or the default alone, which tells the
 * type: `threshold: 0.05`, `for: 5m`, `severity: critical`.
 */
export function readParameters(value: unknown): ReadParameters {
  if (value === undefined || value === null) return { parameters: {}, reasons: [] };
  if (typeof value !== "object" || Array.isArray(value))
    return { parameters: {}, reasons: ["parameters are not a mapping"] };
  const parameters: [string, Parameter][] = [];
  const reasons: string[] = [];
  for (const [name, written] of Object.entries(value)) {
    const parameter =
      NAME.test(name) && name !== "juju_topology" ? readParameter(written) : "has a name that is not allowed";
    if (typeof parameter === "string") reasons.push(`parameter ${shown(name)} ${parameter}`);
    else parameters.push([name, parameter]);
  }
  return { parameters: Object.fromEntries(parameters), reasons };
}

function readParameter(written: unknown): Parameter | string {
  if (typeof written === "number") return checked({ type: "number", default: written }, {});
  if (typeof written === "string") {
    const severity = ALERT_SEVERITIES.find((one) => one === written);
    return checked(
      severity ? { type: "severity", default: severity } : { type: "duration", default: written },
      {},
    );
  }
  if (typeof written !== "object" || written === null || Array.isArray(written))
    return `is ${shown(written)}, not a default or a mapping`;
  const fields = new Map<string, unknown>(Object.entries(written));
  const type = fields.get("type");
  if (type !== "number" && type !== "duration" && type !== "severity")
    return `has the type ${shown(type)}, not number, duration or severity`;
  const unknown = [...fields.keys()].find((key) => !KEYS[type].includes(key));
  if (unknown !== undefined) return `has the key ${shown(unknown)}, not one of ${KEYS[type].join(", ")}`;
  for (const key of ["description", "unit"]) {
    if (fields.has(key) && typeof fields.get(key) !== "string") return `has a ${key} that is no text`;
  }
  return assemble(type, fields);
}

function assemble(type: Parameter["type"], fields: ReadonlyMap<string, unknown>): Parameter | string {
  const given = fields.get("default");
  const text = (key: string): string => String(fields.get(key));
  const description = fields.has("description") ? { description: text("description") } : {};
  if (type === "severity") {
    const severity = ALERT_SEVERITIES.find((one) => one === given);
    return severity
      ? { type, default: severity, ...description }
      : `has the default ${shown(given)}, not one of ${ALERT_SEVERITIES.join(", ")}`;
  }
  if (type === "duration") {
    const limits = limitsOf(
      fields,
      (value): value is string => typeof value === "string" && durationSeconds(value) !== undefined,
    );
    if (typeof limits === "string") return limits;
    return typeof given === "string"
      ? checked({ type, default: given, ...description }, limits)
      : `has the default ${shown(given)}, not a duration`;
  }
  const limits = limitsOf(
    fields,
    (value): value is number => typeof value === "number" && Number.isFinite(value),
  );
  if (typeof limits === "string") return limits;
  const unit = fields.has("unit") ? { unit: text("unit") } : {};
  return typeof given === "number"
    ? checked({ type, default: given, ...unit, ...description }, limits)
    : `has the default ${shown(given)}, not a number`;
}

type Limits<Value> = { readonly minimum?: Value; readonly maximum?: Value };

function limitsOf<Value>(
  fields: ReadonlyMap<string, unknown>,
  fits: (value: unknown) => value is Value,
): Limits<Value> | string {
  const limits: { minimum?: Value; maximum?: Value } = {};
  for (const key of ["minimum", "maximum"] as const) {
    const value = fields.get(key);
    if (value === undefined) continue;
    if (!fits(value)) return `has the ${key} ${shown(value)}, which is of another type`;
    limits[key] = value;
  }
  return limits;
}

function checked<One extends Parameter>(parameter: One, limits: object): One | string {
  const whole = { ...parameter, ...limits };
  const value = checkValue(whole, whole.default);
  return value.ok ? whole : `has a default that does not fit: ${value.reason}`;
}
