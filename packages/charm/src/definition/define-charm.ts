import type { Assets } from "@orrery/telemetry";
import type { LoadedCharm } from "../evaluation/charm-session.ts";
import { loadCharm } from "../evaluation/load-charm.ts";
import type { CharmDefinition } from "./charm-definition.ts";
import { checkDefinition } from "./check-definition.ts";
import type { ConfigSchema } from "./config.ts";
import type { Endpoints } from "./endpoint.ts";
import type { ContainerSpec, PortSpec } from "./manifest.ts";
import type { Nothing } from "./nothing.ts";

/** A charm as its module exports it; a host gives it the texts that it marked, then runs it. */
export interface Charm {
  /** Version of the form in which hosts and charms speak. */
  readonly protocol: 1;
  readonly name: string;
  /** Folders whose texts {@link Charm.load} wants. */
  readonly assets: readonly string[];
  /** @throws OrreryError `CHARM_INVALID` when the texts do not fit the definition. */
  readonly load: (assets: Assets) => LoadedCharm;
}

/**
 * Makes a charm of its definition.
 *
 * @throws OrreryError `CHARM_INVALID` naming what is not of the allowed form.
 */
export function defineCharm<
  const Config extends ConfigSchema = Nothing,
  const Ports extends Readonly<Record<string, PortSpec>> = Nothing,
  const Containers extends Readonly<Record<string, ContainerSpec>> = Nothing,
  const Ends extends Endpoints = Nothing,
>(definition: CharmDefinition<Config, Ports, Containers, Ends>): Charm {
  checkDefinition(definition);
  const rules = definition.telemetry?.rules;
  const assets = typeof rules?.["files"] === "string" ? [rules["files"]] : [];
  return {
    protocol: 1,
    name: definition.name,
    assets,
    load: (texts) => loadCharm(definition, texts),
  };
}
