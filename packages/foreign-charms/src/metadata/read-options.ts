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
  const given = value["default"];
  // Juju has no defaults of secrets either.
  if (type === "secret") return { option: { type, ...described }, type };
  const option = { type, ...described };
  if (given === undefined || given === null) return { option, type };
  const usual = parseConfigValue(name, option, given);
  if (type === "boolean") return { option: { ...described, type, default: usual === true }, type };
  if (type === "string") return { option: { ...described, type, default: String(usual) }, type };
  return { option: { ...described, type, default: Number(usual) }, type };
}

function invalid(message: string): OrreryError {
  return new OrreryError("CHARM_INVALID", message);
}
