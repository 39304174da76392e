import type { Bag, EndpointSpec } from "@orrery/charm";

/** A relation as hook tools tell of it, before anything was changed in it. */
export interface SeenRelation {
  readonly id: number;
  readonly endpoint: string;
  readonly spec: EndpointSpec;
  readonly application: string;
  /** UUID of the other side's model, where this Juju tells it. */
  readonly modelUuid?: string;
  /** In order of number. */
  readonly units: readonly string[];
  readonly own: {
    readonly unit: Bag;
    /** Empty for all but the leader, who alone reads it. */
    readonly application: Bag;
  };
  readonly remoteApplication: Bag;
  readonly remoteUnits: Readonly<Record<string, Bag>>;
}
