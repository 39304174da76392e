import { OrreryError } from "@orrery/problems";
import { secretIdOf } from "../outcome/secret.ts";
import type { ConfigValue } from "../view/view.ts";
import type { ConfigOption, ConfigSchema, NumberOption, StringOption } from "./config.ts";

/** The texts that Juju takes for a boolean. @see Go, `strconv.ParseBool`. */
const TRUE = new Set(["1", "t", "T", "TRUE", "true", "True"]);
const FALSE = new Set(["0", "f", "F", "FALSE", "false", "False"]);
const INTEGER = /^[+-]?\d{1,19}$/;

/**
 * Takes a person's or a program's value for an option: of the option's type, or a text as Juju's command line has it.
 *
 * @throws OrreryError `CONFIG_INVALID_VALUE` naming what was found and what is allowed.
 */
export function parseConfigValue(name: string, option: ConfigOption, found: unknown): ConfigValue {
  if (option.type === "boolean") return parseBoolean(name, found);
  if (option.type === "secret") return parseSecret(name, found);
  return option.type === "string" ? parseText(name, option, found) : parseNumber(name, option, found);
}

/** The values a charm sees: what was set, else the defaults; an option with neither is absent. */
export function withDefaults(
  schema: ConfigSchema,
  set: Readonly<Record<string, ConfigValue>>,
): Readonly<Record<string, ConfigValue>> {
  const values: [string, ConfigValue][] = [];
  for (const name of Object.keys(schema).toSorted()) {
    const value = Object.hasOwn(set, name) ? set[name] : schema[name]?.default;
    if (value !== undefined) values.push([name, value]);
  }
  return Object.fromEntries(values);
}

/** The expression that a whole text must match. @throws SyntaxError when the pattern is none. */
export function wholeText(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}

function parseBoolean(name: string, found: unknown): boolean {
  if (typeof found === "boolean") return found;
  if (typeof found === "string" && TRUE.has(found)) return true;
  if (typeof found === "string" && FALSE.has(found)) return false;
  throw refuse(name, found, "true or false");
}

function parseNumber(name: string, option: NumberOption, found: unknown): number {
  const whole = option.type === "int";
  const readable = typeof found === "string" && (whole ? INTEGER.test(found) : found.trim() !== "");
  const value = typeof found === "number" ? found : readable ? Number(found) : Number.NaN;
  const { minimum, maximum } = option;
  const fits =
    (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum);
  if (fits) return value;
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : ` up to ${maximum}`;
  throw refuse(name, found, `${whole ? "a whole number" : "a number"}${from}${to}`);
}

function parseText(name: string, option: StringOption, found: unknown): string {
  if (typeof found !== "string") throw refuse(name, found, "a text");
  if (option.oneOf && !option.oneOf.includes(found))
    throw refuse(name, found, `one of ${option.oneOf.join(", ")}`);
  if (option.pattern !== undefined && !wholeText(option.pattern).test(found)) {
    throw refuse(name, found, `a text of the form ${option.pattern}`);
  }
  return found;
}

/** What was given is not repeated: it may be the secret itself. */
function parseSecret(name: string, found: unknown): string {
  if (typeof found === "string" && secretIdOf(found) !== undefined) return found;
  const message = `option ${name} was given something else than a secret's URI, which is \`secret:\` and 20 characters of 0-9 and a-z`;
  throw new OrreryError("CONFIG_INVALID_VALUE", message, { origin: { item: name } });
}

function refuse(name: string, found: unknown, allowed: string): OrreryError {
  const told = JSON.stringify(found)?.slice(0, 100) ?? typeof found;
  return new OrreryError("CONFIG_INVALID_VALUE", `option ${name} was given ${told}; allowed is ${allowed}`, {
    origin: { item: name },
  });
}
