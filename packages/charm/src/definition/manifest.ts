import type { Action } from "./action.ts";
import type { ConfigSchema } from "./config.ts";
import type { Role } from "./endpoint.ts";

/** A named port: which number it would like. */
export interface PortSpec {
  /** 1 to 65535; the host gives another one when it is taken. */
  readonly prefer: number;
  readonly description?: string;
}

/** A container: what it runs, and what else it needs. */
export interface ContainerSpec {
  /** Program by the name that `orrery programs` shows; any other name is looked up on the PATH. */
  readonly program: string;
  /** OCI image for hosts that run containers. */
  readonly image?: string;
  /** Further binaries that commands and file checks name. */
  readonly tools?: readonly string[];
}

/** One endpoint as metadata has it. */
export interface EndpointSpec {
  readonly role: Role;
  readonly interface: string;
  readonly limit?: number;
  readonly optional?: boolean;
  readonly description?: string;
}

/** What is known of a charm before any view: plain JSON. */
export interface Manifest {
  readonly name: string;
  readonly summary: string;
  readonly endpoints: Readonly<Record<string, EndpointSpec>>;
  readonly config: ConfigSchema;
  readonly ports: Readonly<Record<string, PortSpec>>;
  readonly containers: Readonly<Record<string, ContainerSpec>>;
  readonly actions: Readonly<Record<string, Omit<Action, "run">>>;
  /** Folders whose texts the charm needs before it can run, such as `./rules`. */
  readonly assets: readonly string[];
}
