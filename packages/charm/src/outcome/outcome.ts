import type { Problem } from "@orrery/problems";
import type { Check, Service } from "@orrery/pebble";
import type { Bag } from "../view/view.ts";
import type { Expectation } from "./expectation.ts";
import type { ExternalOutcome } from "./external.ts";
import type { FileOutcome } from "./file.ts";
import type { Change } from "./file.ts";
import type { MaterialRequest } from "./material.ts";
import type { SecretRequest } from "./secret.ts";
import type { Status } from "./status.ts";

/** Everything a unit wants, as plain JSON: what a charm gives a host to make true. */
export interface Outcome {
  readonly protocol: 1;
  readonly status: Status;
  /** Whole contents of the unit's own bags by relation id; a relation that is absent keeps what it has. */
  readonly bags: Readonly<Record<string, BagWrites>>;
  readonly containers: Readonly<Record<string, ContainerOutcome>>;
  readonly materials: Readonly<Record<string, MaterialRequest>>;
  /** Every secret that the unit keeps, by a name of its own; one that is no longer among them is removed. */
  readonly secrets: Readonly<Record<string, SecretRequest>>;
  /** Ports open beside the declared ones, as Juju writes them: `9105/tcp`, `8000-8010/udp`, `icmp`. */
  readonly openedPorts: readonly string[];
  readonly deadlines: readonly Deadline[];
  /** Objects in systems that we do not run, by a name of the charm's own for each system; what the leader wants counts. */
  readonly external: Readonly<Record<string, ExternalOutcome>>;
  /** Findings about what others sent, and about the charm's own declaration. */
  readonly problems: readonly Problem[];
  /** What should be found in which monitoring system once this outcome is true. */
  readonly expectations: readonly Expectation[];
  /**
   * What the next view gives back as its memory; what was there is forgotten when absent. At most 1 MiB of JSON.
   *
   * For runners of charms that live by events and have to know which they were told; a charm that is a function of its view needs none.
   */
  readonly memory?: unknown;
}

/** Whole contents of a unit's own bags in one relation. `application` is written by the leader alone. */
export interface BagWrites {
  readonly application?: Bag;
  readonly unit?: Bag;
}

/** What a container runs, and the files it finds there. */
export interface ContainerOutcome {
  readonly services: Readonly<Record<string, ServiceOutcome>>;
  readonly checks?: Readonly<Record<string, Check>>;
  /** By path relative to the container's folder. */
  readonly files?: Readonly<Record<string, FileOutcome>>;
  /** The monitoring system that runs here: the host asks it whether what was written is live. */
  readonly backend?: BackendUse;
}

/** A service and what has it load changed files. Changed commands and environments restart it anyway. */
export interface ServiceOutcome extends Service {
  /** How this service takes in files that say `reload`; a restart when absent. */
  readonly reload?: Change;
}

/** Which backend knows the system, and where it answers. */
export interface BackendUse {
  /** Name of a door of `@orrery/backends`. */
  readonly name: string;
  readonly url: string;
  /** PEM certificates by which it is verified where it answers by https; the machine's own when absent. The container's checks too. */
  readonly ca?: string;
}

/** A moment at which the unit wants to be run again. */
export interface Deadline {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}
