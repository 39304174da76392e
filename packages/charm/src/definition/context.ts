import type { Telemetry } from "@orrery/telemetry";
import type { Derive } from "../evaluation/derive.ts";
import type { ContainerView, ExternalView, MaterialView, SecretView, View } from "../view/view.ts";
import type { ConfigSchema, ConfigValues } from "./config.ts";
import type { Endpoint, Endpoints, Relations, Self } from "./endpoint.ts";
import type { ContainerSpec, PortSpec } from "./manifest.ts";

/** A container as reconcile sees it. */
export interface ContainerContext extends Omit<ContainerView, "program"> {
  /** Path of the program's binary. */
  readonly program: string;
  readonly version: string;
  /** Path of a tool's binary. @throws OrreryError `CHARM_INVALID` for a tool that the container does not declare. */
  readonly tool: (name: string) => string;
}

/** The unit's network with its charm's own port names. */
export interface NetworkContext<Ports> {
  readonly address: string;
  readonly ports: Readonly<Record<keyof Ports & string, number>>;
  /** `http://address:port` of a named port. */
  readonly url: (port: keyof Ports & string, scheme?: "http" | "https") => string;
}

/** The secrets that the unit may read. */
export interface SecretsContext {
  /** Reads a secret by its URI, as an option or a bag names it; undefined when it was not granted, or is gone. */
  readonly get: (uri: string) => SecretView | undefined;
  /** Reads a secret that this charm asked for by the name it gave it; undefined until the host has made it. */
  readonly own: (name: string) => (SecretView & { readonly uri: string }) | undefined;
}

/** The view, typed by the charm's own definition: all that reconcile is given. */
export interface Context<
  Config extends ConfigSchema,
  Ports extends Readonly<Record<string, PortSpec>>,
  Containers extends Readonly<Record<string, ContainerSpec>>,
  Ends extends Endpoints,
> {
  readonly self: Self;
  readonly leader: boolean;
  readonly config: ConfigValues<Config>;
  readonly network: NetworkContext<Ports>;
  readonly containers: { readonly [Name in keyof Containers]: ContainerContext };
  readonly endpoints: {
    readonly [Name in keyof Ends]: Ends[Name] extends Endpoint<infer In, never> ? Relations<In> : never;
  };
  readonly materials: Readonly<Record<string, MaterialView>>;
  readonly secrets: SecretsContext;
  readonly due: readonly string[];
  readonly external: Readonly<Record<string, ExternalView>>;
  /** What the charm's own declaration came to for this application; absent without a declaration. */
  readonly telemetry: Telemetry | undefined;
  /** Remembers results while what they were made of stands. */
  readonly derive: Derive;
  /** The view as the host gave it. */
  readonly view: View;
}
