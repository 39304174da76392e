import type { ContainerOutcome, ExecResult } from "@orrery/charm";
import type { ContainerObservation, ContainerPlacement, Publication } from "@orrery/engine";
import type { Problem } from "@orrery/problems";

/** Where a container's things are, and what keeps them from being there. */
export interface PlacedContainer extends ContainerPlacement {
  /** Programs that the container lacks, and the like: it cannot be seen to before they are mended. */
  readonly problems: readonly Problem[];
}

/** What became of one container. */
export interface AppliedContainer extends Publication {
  /** What its services or their supervisor refused. */
  readonly problems: readonly Problem[];
}

/** Containers as a charm wants them, by name. */
export type WantedContainers = Readonly<Record<string, ContainerOutcome>>;

/** Runs what a charm's containers want, on a machine or in the containers of a pod. */
export interface Workload {
  /** Says where things are; finds programs, makes nothing. */
  readonly place: () => Promise<Readonly<Record<string, PlacedContainer>>>;
  /**
   * Makes containers as they are wanted, changing only what differs. A container that does not answer is passed over: it is not
   * ready when it is looked at, and Juju says when it is.
   */
  readonly apply: (wanted: WantedContainers) => Promise<Readonly<Record<string, AppliedContainer>>>;
  /** Looks at containers. Of their services and checks those are told of that are wanted. */
  readonly observe: (wanted: WantedContainers) => Promise<Readonly<Record<string, ContainerObservation>>>;
  /** Runs a command in a container for an action; at most 60 s. */
  readonly exec: (container: string, command: readonly string[]) => Promise<ExecResult>;
  /** Ends the services: the unit goes. */
  readonly stop: () => Promise<void>;
  /** Removes what was left of them. */
  readonly remove: () => Promise<void>;
}
