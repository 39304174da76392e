import type { ConfigOption, ConfigSchema } from "@orrery/charm";
import { parseConfigValue } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { isRecord } from "./parse-juju-yaml.ts";

const TYPES: readonly ConfigOption["type"][] = ["string", "int", "float", "boolean", "secret"];

/** Reads the map `options`. @throws OrreryError `CHARM_INVALID` naming the option. */
export function readOptions(value: unknown): ConfigSchema {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw invalid("options are no map");
  return Object.fromEntries(Object.entries(value).map(([name, option]) => [name, readOption(name, option)]));
}

function readOption(name: string, value: unknown): ConfigOption {
  if (!isRecord(value)) throw invalid(`option ${name} is no map`);
  const type = TYPES.find((one) => one === value["type"]);
  if (type === undefined) {
    throw invalid(
      `option ${name} has type ${JSON.stringify(value["type"])}; allowed are ${TYPES.join(", ")}`,
    );
  }
  const described =
    typeof value["description"] === "string" ? { description: value["description"].trim() } : {};
  const option = { type, ...described };
  const given = value["default"];
  // A secret has none: there is nothing yet that it could name.
  if (given === undefined || given === null || option.type === "secret") return option;
  const usual = parseConfigValue(name, option, given);
  if (option.type === "boolean") return { ...described, type: option.type, default: usual === true };
  if (option.type === "string") return { ...described, type: option.type, default: String(usual) };
  return { ...described, type: option.type, default: Number(usual) };
}

function invalid(message: string): OrreryError {
  return new OrreryError("CHARM_INVALID", message);
}
