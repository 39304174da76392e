import type { ApplicationConfig, ModelStatus } from "@orrery/engine";

/** A model in the form of a Juju bundle's file. */
export interface ExportedBundle {
  readonly applications: Readonly<Record<string, ExportedApplication>>;
  readonly relations: readonly (readonly string[])[];
}

/** An application of an exported bundle: what a person has set, not what is so by default. */
export interface ExportedApplication {
  readonly charm: string;
  readonly num_units: number;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** The application that the engine itself is: there in every model, and deployed by nobody. */
const ENGINE = "orrery";

/** Writes a model down as a bundle, from which `deploy` makes the same again. */
export function exportBundle(
  { applications, relations = [] }: ModelStatus,
  config: Readonly<Record<string, ApplicationConfig>>,
): ExportedBundle {
  const deployed = Object.entries(applications).filter(
    ([name, { life }]) => name !== ENGINE && life === "alive",
  );
  return {
    applications: Object.fromEntries(
      deployed.map(([name, { charm, units }]) => {
        const set = Object.entries(config[name]?.settings ?? {}).flatMap(([key, { source, value }]) =>
          source === "user" && value !== undefined ? [[key, value] as const] : [],
        );
        const options = set.length === 0 ? {} : { options: Object.fromEntries(set) };
        return [name, { charm, num_units: Object.keys(units).length, ...options }];
      }),
    ),
    relations: relations.filter(({ type }) => type === "regular").map(({ endpoints }) => endpoints),
  };
}
