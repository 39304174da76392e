import type { TelemetryDeclaration } from "@orrery/telemetry";
import type { Action } from "./action.ts";
import type { ConfigSchema } from "./config.ts";
import type { Context } from "./context.ts";
import type { Draft } from "./draft.ts";
import type { Endpoints } from "./endpoint.ts";
import type { ContainerSpec, PortSpec } from "./manifest.ts";

/** What a charm's author writes. */
export interface CharmDefinition<
  Config extends ConfigSchema,
  Ports extends Readonly<Record<string, PortSpec>>,
  Containers extends Readonly<Record<string, ContainerSpec>>,
  Ends extends Endpoints,
> {
  /** Lower case, digits and single hyphens, starting with a letter. */
  readonly name: string;
  /** One sentence: what the application is. */
  readonly summary?: string;
  readonly config?: Config;
  readonly ports?: Ports;
  readonly containers?: Containers;
  readonly endpoints?: Ends;
  /** What the product emits: published by itself on every endpoint that carries telemetry. */
  readonly telemetry?: TelemetryDeclaration;
  /** Values of the declaration that depend on the view; endpoints may not. */
  readonly adapt?: (
    declared: TelemetryDeclaration,
    context: Context<Config, Ports, Containers, Ends>,
  ) => TelemetryDeclaration;
  readonly actions?: Readonly<Record<string, Action>>;
  /** From what the unit sees to what it wants: no I/O, no clock, no randomness; run again whenever the view changes. */
  readonly reconcile: (context: Context<Config, Ports, Containers, Ends>) => Draft<Containers, Ends>;
}
