import type { ApplicationConfig, ModelStatus } from "@orrery/engine";
import { OWN_APPLICATION } from "@orrery/engine-local/client";

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

/** Writes a model down as a bundle, from which `deploy` makes the same again; what is being removed is not part of it. */
export function exportBundle(
  { applications, relations = [] }: ModelStatus,
  config: Readonly<Record<string, ApplicationConfig>>,
): ExportedBundle {
  const alive = Object.entries(applications).filter(([, { life }]) => life === "alive");
  // Nobody deploys the engine's own application, and it can be related all the same.
  const deployed = alive.filter(([name]) => name !== OWN_APPLICATION);
  const there = new Set(alive.map(([name]) => name));
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
    relations: relations
      .filter(({ type }) => type === "regular")
      .map(({ endpoints }) => endpoints)
      .filter((ends) => ends.every((end) => there.has(end.split(":")[0] ?? ""))),
  };
}
