import type { ConfigOption, ConfigValue } from "@orrery/charm";
import type { Core } from "../core.ts";
import { livingApplication } from "../model/model.ts";

/** One option, as `juju config` shows it, with its limits. */
export interface ShownOption {
  readonly type: ConfigOption["type"];
  readonly description: string;
  readonly default?: ConfigValue;
  readonly value?: ConfigValue;
  readonly source: "default" | "user" | "unset";
  /** What the option allows, in words; empty when any value of its type. */
  readonly allowed: string;
}

/** The shape of `juju config APPLICATION --format json`. */
export interface ApplicationConfig {
  readonly application: string;
  readonly charm: string;
  readonly settings: Readonly<Record<string, ShownOption>>;
}

/** Shows an application's options; none while its charm is not loaded. @throws OrreryError `APPLICATION_UNKNOWN`. */
export function showConfig(core: Core, name: string): ApplicationConfig {
  const application = livingApplication(core.db, name);
  const options = Object.entries(core.charms.get(name)?.manifest.config ?? {});
  return {
    application: name,
    charm: application.charmName,
    settings: Object.fromEntries(
      options.map(([option, spec]) => [option, show(spec, application.config[option])]),
    ),
  };
}

function show(option: ConfigOption, set: ConfigValue | undefined): ShownOption {
  const value = set ?? option.default;
  return {
    type: option.type,
    description: option.description ?? "",
    ...(option.default === undefined ? {} : { default: option.default }),
    ...(value === undefined ? {} : { value }),
    source: set !== undefined ? "user" : option.default === undefined ? "unset" : "default",
    allowed: allowed(option),
  };
}

function allowed(option: ConfigOption): string {
  if (option.type === "string") {
    return option.oneOf
      ? option.oneOf.join(", ")
      : option.pattern === undefined
        ? ""
        : `matching ${option.pattern}`;
  }
  if (option.type === "boolean") return "true, false";
  if (option.type === "secret") return "a secret's URI or name";
  const { minimum, maximum } = option;
  const parts = [
    minimum === undefined ? "" : `from ${minimum}`,
    maximum === undefined ? "" : `up to ${maximum}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}
