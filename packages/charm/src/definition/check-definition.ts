import { OrreryError, isOrreryError } from "@orrery/problems";
import type { ConfigOption, ConfigSchema } from "./config.ts";
import { parseConfigValue, wholeText } from "./parse-config.ts";

/** Juju's grammar of charm and application names. */
const CHARM_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]*[a-z][a-z0-9]*)*$/;
/** Juju's grammar of endpoint names. */
const ENDPOINT_NAME = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;
/** Juju's grammar of container and action names. */
const CONTAINER_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

interface Named {
  readonly name: string;
  readonly config?: ConfigSchema;
  readonly ports?: Readonly<Record<string, { readonly prefer: number }>>;
  readonly containers?: Readonly<Record<string, { readonly program: string }>>;
  readonly endpoints?: Readonly<Record<string, object>>;
  readonly actions?: Readonly<Record<string, object>>;
}

/** Says whether a text can be the name of an application or a charm, by Juju's grammar. */
export function isApplicationName(text: string): boolean {
  return CHARM_NAME.test(text);
}

/** Refuses a definition with names or numbers that no host could take. @throws OrreryError `CHARM_INVALID`. */
export function checkDefinition(definition: Named): void {
  expectName(definition.name, CHARM_NAME, "charm name");
  const kinds: readonly (readonly [string, object | undefined, RegExp])[] = [
    ["option", definition.config, ENDPOINT_NAME],
    ["port", definition.ports, CONTAINER_NAME],
    ["container", definition.containers, CONTAINER_NAME],
    ["endpoint", definition.endpoints, ENDPOINT_NAME],
    ["action", definition.actions, CONTAINER_NAME],
  ];
  for (const [kind, named, grammar] of kinds) {
    for (const name of Object.keys(named ?? {})) expectName(name, grammar, kind);
  }
  for (const [name, option] of Object.entries(definition.config ?? {})) checkOption(name, option);
  for (const [name, { prefer }] of Object.entries(definition.ports ?? {})) {
    if (!Number.isInteger(prefer) || prefer < 1 || prefer > 65535) {
      throw new OrreryError("CHARM_INVALID", `port ${name} prefers ${prefer}; allowed are 1 to 65535`);
    }
  }
}

function expectName(name: string, grammar: RegExp, what: string): void {
  if (!grammar.test(name)) {
    throw new OrreryError(
      "CHARM_INVALID",
      `${what} ${JSON.stringify(name)} is not of the form ${grammar.source}`,
    );
  }
}

/** A default that the option itself would refuse would reach every unit; a secret is never the same in two models. */
function checkOption(name: string, option: ConfigOption): void {
  if (option.type === "secret" && option.default !== undefined)
    throw new OrreryError("CHARM_INVALID", `option ${name} of type secret has a default; it can have none`);
  try {
    if (option.type === "string" && option.pattern !== undefined) wholeText(option.pattern);
    if (option.default !== undefined) parseConfigValue(name, option, option.default);
  } catch (cause) {
    const told = isOrreryError(cause)
      ? `default of ${cause.message}`
      : `option ${name} has an invalid pattern`;
    throw new OrreryError("CHARM_INVALID", told, { cause });
  }
}
