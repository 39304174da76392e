import type { Problem } from "@orrery/problems";

/** A value of a charm's option, as Juju has them. */
export type ConfigValue = string | number | boolean;

/** One databag: Juju knows only texts. An absent key and an empty text are the same. */
export type Bag = Readonly<Record<string, string>>;

/** Everything a unit may see, read-only and plain JSON: what a host gives a charm. */
export interface View {
  /** Version of this form. */
  readonly protocol: 1;
  readonly model: { readonly name: string; readonly uuid: string };
  readonly application: string;
  /** Such as `storefront/0`. */
  readonly unit: string;
  readonly charm: string;
  readonly leader: boolean;
  /** `dying` in the last run, which only a unit with a memory gets: it is gone after that, and what it wants is not made true. */
  readonly life: "alive" | "dying";
  /** Every unit that the application is meant to have, in order of number. */
  readonly units: readonly string[];
  /** Validated, defaults filled in; an option without default and value is absent. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly network: NetworkView;
  readonly relations: readonly RelationView[];
  readonly containers: Readonly<Record<string, ContainerView>>;
  readonly materials: Readonly<Record<string, MaterialView>>;
  /** Every secret that the unit may read, by URI: granted to its application, or its own. */
  readonly secrets: Readonly<Record<string, SecretView>>;
  /** Ids of the deadlines that have passed. */
  readonly due: readonly string[];
  readonly external: Readonly<Record<string, ExternalView>>;
  /** What the last outcome that was taken in left as its memory; absent at the first run. */
  readonly memory?: unknown;
}

/** Where the unit is reached. */
export interface NetworkView {
  /** IP address of the unit; on one machine as a rule one of its own in 127.0.0.0/8. */
  readonly address: string;
  /** Numbers of the charm's named ports; the same for each unit of an application, unless units share an address. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where units of the application share this address: the ports of each of them, this one too, by unit. */
  readonly shared?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** One relation as the unit sees it. */
export interface RelationView {
  readonly id: number;
  readonly endpoint: string;
  readonly interface: string;
  /** The application on the other side. */
  readonly application: string;
  /** Its charm; a host that cannot know leaves it out. */
  readonly charm?: string;
  /** Its model; a host that cannot know leaves it out, and what the other side says of it is then only its word. */
  readonly model?: { readonly name: string; readonly uuid: string };
  /** Units on the other side, in order of number. */
  readonly units: readonly string[];
  /** Changes whenever anything that `bags`, `units` or `granted` hold changes: what was decoded at one version stands. */
  readonly version: number;
  readonly bags: {
    readonly localApplication: Bag;
    /** As those of the other side, with what Juju writes into every unit's bag: `ingress-address` and the like. */
    readonly localUnit: Bag;
    readonly remoteApplication: Bag;
    readonly remoteUnits: Readonly<Record<string, Bag>>;
  };
  /** What the other side may have scraped: `host:port`, or a bare `host` for any port of it. */
  readonly granted: readonly string[];
}

/** What the unit's workload is and does. */
export interface ContainerView {
  /** Whether the host can act on it now. */
  readonly ready: boolean;
  /** The program that the container was declared with: path of its binary and its version. */
  readonly program: ProgramView;
  /** Other binaries that were asked for, by name. */
  readonly tools: Readonly<Record<string, ProgramView>>;
  /** Folder of the files that the outcome wants; absolute, the same for each generation. */
  readonly folder: string;
  /** Folder that the workload may write to and that outlives it; absolute. */
  readonly storage: string;
  readonly services: Readonly<Record<string, ServiceView>>;
  readonly checks: Readonly<Record<string, CheckView>>;
  /** Files whose present content the checker or the workload refused, by path. */
  readonly rejected: Readonly<Record<string, RejectedFile>>;
  /** Digest of the files that the workload was seen to have loaded; absent until it was. */
  readonly applied?: string;
}

/** A program as a host found it. */
export interface ProgramView {
  readonly path: string;
  /** Such as `3.16.0`; empty when it cannot be told. */
  readonly version: string;
}

/** A service as it was last seen. */
export interface ServiceView {
  readonly status: "unknown" | "starting" | "running" | "backoff" | "stopped";
  /** Times it was started again without being asked to. */
  readonly restarts: number;
  /** Last lines that a service which ended at once has left. */
  readonly message?: string;
}

/** A health check as it was last seen. */
export interface CheckView {
  readonly status: "unknown" | "up" | "down";
  readonly failures: number;
  readonly message?: string;
}

/** Why a file did not go live; stands while that content stands. */
export interface RejectedFile {
  /** SHA-256 of the content, hexadecimal. */
  readonly digest: string;
  readonly problem: Problem;
}

/** A thing that the host made once and keeps. */
export interface MaterialView {
  readonly current: string;
  /** The generation before; there until the outcome lets it go. */
  readonly previous?: string;
  /** When the current generation was made; RFC 3339, UTC. */
  readonly since: string;
}

/** A secret as one who may read it sees it. */
export interface SecretView {
  /** Counts from 1; a change of the content is a revision more. */
  readonly revision: number;
  readonly content: Readonly<Record<string, string>>;
  /** For a secret that this unit or its application made: its name in the outcome, and whose it is. */
  readonly own?: { readonly name: string; readonly by: "application" | "unit" };
  /**
   * Ids of this unit's relations whose other side keeps the secret or may read it too; none when absent.
   *
   * Only on their behalf may it be used: one who learnt a URI must not have others show him, or send him, what it holds.
   */
  readonly sharedWith?: readonly number[];
}

/** A foreign system as the host found it: unknown until it has answered once. */
export type ExternalView =
  | { readonly known: false; readonly problems: readonly Problem[] }
  | {
      readonly known: true;
      /** What its backend discovered, the last time that it answered. */
      readonly capabilities: unknown;
      /** What was applied, by key. */
      readonly objects: Readonly<Record<string, ExternalObjectView>>;
      readonly problems: readonly Problem[];
    };

/** An object that was applied, as the foreign system was last seen to have it. */
export interface ExternalObjectView {
  /** `drifted`: somebody else has changed or removed it. */
  readonly state: "live" | "pending" | "rejected" | "drifted";
  /** Of the content that was applied; see {@link contentDigest}. */
  readonly digest: string;
}
