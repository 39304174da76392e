import type { ConfigValue } from "@orrery/charm";

/** An application of a bundle. */
export interface BundleApplication {
  /** Name of a charm, or the absolute path of one. */
  readonly charm: string;
  readonly units: number;
  readonly options: Readonly<Record<string, ConfigValue>>;
}

/**
 * A model as a person writes it down: Juju's bundle, as far as a model without machines has it.
 *
 * @see https://documentation.ubuntu.com/juju/latest/reference/bundle/
 */
export interface Bundle {
  readonly description?: string;
  readonly applications: Readonly<Record<string, BundleApplication>>;
  /** Each of two `application` or `application:endpoint`. */
  readonly relations: readonly (readonly [string, string])[];
  /** Keys of Juju's that mean nothing here, such as `prometheus.channel`; they are told, never dropped in silence. */
  readonly unused: readonly string[];
}
