import type { ConfigValue } from "../view/view.ts";

/** One option of a charm, as Juju has it, with limits that a host checks before it takes a value. */
export type ConfigOption = StringOption | NumberOption | BooleanOption | SecretOption;

interface OptionBase {
  readonly description?: string;
}

/** A text. */
export interface StringOption extends OptionBase {
  readonly type: "string";
  readonly default?: string;
  /** The only values allowed. */
  readonly oneOf?: readonly string[];
  /** A JavaScript regular expression that the whole value must match. */
  readonly pattern?: string;
  /** The value lists addresses (`host:port`, comma-separated) that the operator thereby grants for scraping. */
  readonly grants?: boolean;
}

/** A number: `int` or `float` as in Juju. */
export interface NumberOption extends OptionBase {
  readonly type: "int" | "float";
  readonly default?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Yes or no. */
export interface BooleanOption extends OptionBase {
  readonly type: "boolean";
  readonly default?: boolean;
}

/** A secret, by its URI: what it holds is read with `secrets.get`, once it was granted. It has no default. */
export interface SecretOption extends OptionBase {
  readonly type: "secret";
  readonly default?: never;
}

/** A charm's options by name. */
export type ConfigSchema = Readonly<Record<string, ConfigOption>>;

type ValueOf<Option extends ConfigOption> = Option extends { readonly type: "string" }
  ? Option extends { readonly oneOf: readonly (infer Choice)[] }
    ? Choice
    : string
  : Option extends { readonly type: "boolean" }
    ? boolean
    : Option extends { readonly type: "secret" }
      ? string
      : number;

/** The values that a charm sees: an option without default may be absent. */
export type ConfigValues<Schema extends ConfigSchema> = {
  readonly [Name in keyof Schema]: Schema[Name] extends { readonly default: ConfigValue }
    ? ValueOf<Schema[Name]>
    : ValueOf<Schema[Name]> | undefined;
};
