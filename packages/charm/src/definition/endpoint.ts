import type { Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import type { Topology } from "@orrery/topology";
import type { BagWrites } from "../outcome/outcome.ts";
import type { NetworkView, RelationView } from "../view/view.ts";

/** Which end of a relation an endpoint is, in the words of charm metadata. */
export type Role = "provides" | "requires" | "peers";

/** Who writes: what a relation library may know of the unit when it encodes. */
export interface Self {
  /** With unit and charm. */
  readonly topology: Topology & { readonly unit: string; readonly charm: string };
  readonly leader: boolean;
  readonly network: NetworkView;
}

/**
 * One side of a Juju interface: a codec and a merge, all pure.
 *
 * `decode` never throws because of what the other side wrote: what it leaves out is a problem with an origin.
 */
export interface Endpoint<In, Out> {
  readonly role: Role;
  readonly interface: string;
  /** The most relations that the endpoint takes; no limit when absent. */
  readonly limit?: number;
  readonly optional?: boolean;
  readonly description?: string;
  /** Set by libraries whose `Out` is the charm's own telemetry: the framework publishes that by itself. */
  readonly carries?: "telemetry";
  /** Writes what this side says even where the charm publishes nothing, such as the version that it speaks. */
  readonly announce?: (relation: RelationView, self: Self) => BagWrites;
  /** Reads what the other side wrote. Called once for each version of the relation. */
  readonly decode: (relation: RelationView) => Decoded<In>;
  /** Writes a value: whole contents of the unit's own bags in this relation. */
  readonly encode: (value: Out, relation: RelationView, self: Self) => BagWrites;
}

/** What a charm is given of one relation: decoded once for each version, so its identity tells whether it changed. */
export interface Contributor<In> {
  /** The charm's own endpoint name and the relation's id, such as `metrics-endpoint-3`: unique in the unit and fit for a file name. */
  readonly key: string;
  readonly id: number;
  readonly application: string;
  readonly units: readonly string[];
  readonly granted: readonly string[];
  readonly value: In;
  readonly problems: readonly Problem[];
}

/** The relations of one endpoint. */
export interface Relations<In> {
  /** In order of relation id. */
  readonly relations: readonly Contributor<In>[];
  readonly keys: readonly string[];
  /** All the relations' problems. */
  readonly problems: readonly Problem[];
}

/** An endpoint whose value types are not looked at. */
export type AnyEndpoint = Endpoint<unknown, never>;

/** The endpoints of a charm by name. */
export type Endpoints = Readonly<Record<string, AnyEndpoint>>;
