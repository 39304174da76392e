import type { BackendUse, Expectation, Role } from "@orrery/charm";
import type { Problem } from "@orrery/problems";

/** One thing that should be found, with the unit that expects it and the system to ask. */
export interface Expected extends Expectation {
  /** The unit whose outcome holds the expectation, such as `prometheus/0`. */
  readonly by: string;
  /** The system that runs in the expectation's container; absent while that unit has not said. */
  readonly backend?: BackendUse & {
    /** It is asked by way of the host, which has the credentials for it; straight at its URL when absent. */
    readonly via?: "host";
  };
}

/** An endpoint of an application, and to whom it is related. */
export interface InquiredEndpoint {
  readonly name: string;
  readonly role: Role;
  readonly interface: string;
  /** The applications on the other side. */
  readonly related: readonly string[];
}

/** A unit as the engine sees it. */
export interface InquiredUnit {
  /** Such as `storefront/0`. */
  readonly name: string;
  /** Juju's word for how it is. */
  readonly status: string;
  readonly message: string;
}

/** An application as the engine sees it. */
export interface InquiredApplication {
  readonly name: string;
  readonly endpoints: readonly InquiredEndpoint[];
  readonly units: readonly InquiredUnit[];
}

/** All that is asked about: what a model declares, what was made of it, and what was left out. Plain JSON. */
export interface Inquiry {
  readonly applications: readonly InquiredApplication[];
  readonly expected: readonly Expected[];
  /** Rejected files and other findings that stand now. */
  readonly problems: readonly Problem[];
}
