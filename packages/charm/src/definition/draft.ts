import type { Problem } from "@orrery/problems";
import type { Expectation } from "../outcome/expectation.ts";
import type { MaterialRequest } from "../outcome/material.ts";
import type { SecretRequest } from "../outcome/secret.ts";
import type { ExternalOutcome } from "../outcome/external.ts";
import type { ContainerOutcome, Deadline } from "../outcome/outcome.ts";
import type { Status } from "../outcome/status.ts";
import type { Endpoint, Endpoints } from "./endpoint.ts";

/** Values for single relations of an endpoint, by contributor key; relations that are not named keep nothing of what the unit wrote. */
export class PerRelation<Value> {
  readonly values: ReadonlyMap<string, Value>;

  constructor(values: ReadonlyMap<string, Value>) {
    this.values = values;
  }
}

/** Publishes another value in each relation of an endpoint. */
export function perRelation<Value>(values: ReadonlyMap<string, Value>): PerRelation<Value> {
  return new PerRelation(values);
}

type OutOf<End> =
  End extends Endpoint<never, infer Out> ? Out : End extends Endpoint<infer _In, infer Out> ? Out : never;

/** What reconcile returns: an outcome in the charm's own words, before relation libraries encode what it publishes. */
export interface Draft<Containers, Ends extends Endpoints> {
  readonly status: Status;
  readonly containers?: { readonly [Name in keyof Containers]?: ContainerOutcome };
  readonly publish?: { readonly [Name in keyof Ends]?: OutOf<Ends[Name]> | PerRelation<OutOf<Ends[Name]>> };
  readonly materials?: Readonly<Record<string, MaterialRequest>>;
  readonly secrets?: Readonly<Record<string, SecretRequest>>;
  readonly openedPorts?: readonly string[];
  readonly deadlines?: readonly Deadline[];
  readonly external?: Readonly<Record<string, ExternalOutcome>>;
  readonly problems?: readonly Problem[];
  readonly expectations?: readonly Expectation[];
}
