import type {
  CheckView,
  ContainerOutcome,
  ContainerSpec,
  ExecResult,
  NetworkView,
  PortSpec,
  ProgramView,
  RejectedFile,
  ServiceView,
} from "@orrery/charm";

/** What a substrate needs to know of a unit before the charm first runs. */
export interface UnitPlan {
  readonly unit: string;
  readonly application: string;
  readonly charm: string;
  /** Folder of the charm, whose `workload/` the services run in. */
  readonly folder: string;
  readonly ports: Readonly<Record<string, PortSpec>>;
  readonly containers: Readonly<Record<string, ContainerSpec>>;
  /** Port numbers that other units of the application have already: all have the same. */
  readonly applicationPorts?: Readonly<Record<string, number>>;
}

/** What a substrate gave a unit; kept by the engine for as long as the unit lives. */
export interface Placement {
  readonly network: NetworkView;
  readonly containers: Readonly<Record<string, ContainerPlacement>>;
}

/** Where a container's things are. */
export interface ContainerPlacement {
  readonly program: ProgramView;
  readonly tools: Readonly<Record<string, ProgramView>>;
  readonly folder: string;
  readonly storage: string;
}

/** What was seen of a unit's containers; asked often, so it only looks. */
export interface ContainerObservation {
  readonly ready: boolean;
  readonly services: Readonly<Record<string, ServiceView>>;
  readonly checks: Readonly<Record<string, CheckView>>;
}

/** Exact counts of what making an outcome true has cost. */
export interface PublicationCounters {
  readonly filesWritten: number;
  readonly bytesWritten: number;
  readonly filesRemoved: number;
  readonly filesChecked: number;
  readonly reloads: number;
  readonly restarts: number;
}

/** What became of one container's wanted files. */
export interface Publication {
  readonly rejected: Readonly<Record<string, RejectedFile>>;
  /** Digest of the set of files that the workload was seen to have loaded; absent while that is not known. */
  readonly applied?: string;
  readonly counters: PublicationCounters;
}

/** Makes outcomes true on some kind of machine: places units, publishes files, runs services, and looks. */
export interface Substrate {
  /** Gives a unit its address, ports, programs and folders. @throws OrreryError when a program or port cannot be had. */
  readonly place: (plan: UnitPlan) => Promise<Placement>;
  /**
   * Makes what the unit's containers want true; doing it again with the same outcome does nothing.
   *
   * Rejections of single files are in the result. @throws OrreryError when nothing could be done (disk full, no supervisor).
   */
  readonly apply: (
    unit: string,
    containers: Readonly<Record<string, ContainerOutcome>>,
  ) => Promise<Readonly<Record<string, Publication>>>;
  /** Looks at a unit's containers. */
  readonly observe: (unit: string) => Promise<Readonly<Record<string, ContainerObservation>>>;
  /** Ends the unit's services and removes its files; its storage too. */
  readonly remove: (unit: string) => Promise<void>;
  /** Runs a command in a container's folder for an action; at most 60 s. */
  readonly exec: (unit: string, container: string, command: readonly string[]) => Promise<ExecResult>;
}
