import { OrreryError } from "@orrery/problems";
import type { Command } from "./command.ts";

type Kind = "text" | "count" | "flag" | "values" | "texts";

interface Field {
  readonly kind: Kind;
  readonly optional?: true;
}

const text: Field = { kind: "text" };
const maybe = (kind: Kind): Field => ({ kind, optional: true });

/** The fields of each command beside its name. */
const forms: Readonly<Record<Command["command"], Readonly<Record<string, Field>>>> = {
  deploy: { charm: text, application: maybe("text"), units: maybe("count"), config: maybe("values") },
  "remove-application": { application: text },
  integrate: { a: text, b: text },
  "remove-relation": { a: text, b: text },
  config: { application: text, set: maybe("values"), reset: maybe("texts") },
  "add-unit": { application: text, count: maybe("count") },
  "remove-unit": { unit: text },
  run: { unit: text, action: text, params: maybe("values") },
  "add-secret": { name: text, content: { kind: "values" }, info: maybe("text") },
  "update-secret": { secret: text, content: maybe("values"), info: maybe("text"), name: maybe("text") },
  "grant-secret": { secret: text, applications: { kind: "texts" } },
  "revoke-secret": { secret: text, applications: { kind: "texts" } },
  "remove-secret": { secret: text },
  apply: { application: maybe("text"), overwrite: maybe("flag"), waitMs: maybe("count") },
  undo: { application: maybe("text"), overwrite: maybe("flag"), waitMs: maybe("count") },
  disconnect: {
    application: maybe("text"),
    overwrite: maybe("flag"),
    waitMs: maybe("count"),
    force: maybe("flag"),
  },
};

const checks: Readonly<
  Record<Kind, { readonly wanted: string; readonly fits: (value: unknown) => boolean }>
> = {
  text: {
    wanted: "a text",
    fits: (value) => typeof value === "string" && value.length > 0 && value.length <= 4096,
  },
  count: { wanted: "a whole number", fits: (value) => Number.isSafeInteger(value) },
  flag: { wanted: "true or false", fits: (value) => typeof value === "boolean" },
  values: { wanted: "an object", fits: isObject },
  texts: {
    wanted: "a list of texts",
    fits: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  },
};

/**
 * Takes what arrived, from a socket say, for a command: every field is of its kind, none is unknown.
 *
 * @throws OrreryError `COMMAND_INVALID` naming the field.
 */
export function readCommand(value: unknown): Command {
  if (!isObject(value)) throw invalid("command is no object");
  expectForm(value);
  return value;
}

function expectForm(
  value: Readonly<Record<string, unknown>>,
): asserts value is Readonly<Record<string, unknown>> & Command {
  const name = value["command"];
  if (typeof name !== "string" || !Object.hasOwn(forms, name)) {
    throw invalid(
      `command ${JSON.stringify(name) ?? "absent"} is not one of ${Object.keys(forms).join(", ")}`,
    );
  }
  const form = forms[name as Command["command"]];
  for (const key of Object.keys(value)) {
    if (key !== "command" && !Object.hasOwn(form, key)) {
      throw invalid(`${name} has no field ${key}; allowed are ${Object.keys(form).join(", ")}`);
    }
  }
  for (const [key, { kind, optional }] of Object.entries(form)) {
    const found = value[key];
    if (found === undefined && optional) continue;
    if (!checks[kind].fits(found)) throw invalid(`field ${key} of ${name} is not ${checks[kind].wanted}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string): OrreryError {
  return new OrreryError("COMMAND_INVALID", message);
}
