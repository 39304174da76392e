import type { ConfigOption, ConfigSchema } from "@orrery/charm";
import { parseConfigValue } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { OptionType } from "./charm-metadata.ts";
import { isRecord } from "./parse-juju-yaml.ts";

const TYPES: readonly OptionType[] = ["string", "int", "float", "boolean", "secret"];

/** Options as a host checks them, and the kinds that Juju calls them. */
export interface ReadOptions {
  readonly config: ConfigSchema;
  readonly types: Readonly<Record<string, OptionType>>;
}

/** Reads the map `options`. @throws OrreryError `CHARM_INVALID` naming the option. */
export function readOptions(value: unknown): ReadOptions {
  if (value === undefined || value === null) return { config: {}, types: {} };
  if (!isRecord(value)) throw invalid("options are no map");
  const read = Object.entries(value).map(([name, option]) => [name, readOption(name, option)] as const);
  return {
    config: Object.fromEntries(read.map(([name, { option }]) => [name, option])),
    types: Object.fromEntries(read.map(([name, { type }]) => [name, type])),
  };
}

function readOption(
  name: string,
  value: unknown,
): { readonly option: ConfigOption; readonly type: OptionType } {
  if (!isRecord(value)) throw invalid(`option ${name} is no map`);
  const type = TYPES.find((one) => one === value["type"]);
  if (type === undefined) {
    throw invalid(
      `option ${name} has type ${JSON.stringify(value["type"])}; allowed are ${TYPES.join(", ")}`,
    );
  }
  const described =
    typeof value["description"] === "string" ? { description: value["description"].trim() } : {};
  // A manifest knows no secrets: to the one who sets it, it is the text of a URI.
  const option: ConfigOption = { type: type === "secret" ? "string" : type, ...described };
  const given = value["default"];
  if (given === undefined || given === null) return { option, type };
  const usual = parseConfigValue(name, option, given);
  if (option.type === "boolean") return { option: { ...option, default: usual === true }, type };
  if (option.type === "string") return { option: { ...option, default: String(usual) }, type };
  return { option: { ...option, default: Number(usual) }, type };
}

function invalid(message: string): OrreryError {
  return new OrreryError("CHARM_INVALID", message);
}
