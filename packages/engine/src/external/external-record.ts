import type { Connection, ExternalObject, Fact } from "@orrery/charm";

/** Where a foreign system is, as it is kept: the secret by its URI. */
export interface ExternalSite {
  readonly backend: string;
  readonly connection: Connection;
  readonly credentials?: string;
}

/** What an application has to do with a foreign system; key is {@link externalKey}. It outlives the application. */
export interface ExternalRecord extends ExternalSite {
  readonly application: string;
  /** The system's name in the charm's outcome. */
  readonly name: string;
  /** What was discovered the last time that the system answered. */
  readonly capabilities?: unknown;
  readonly facts?: readonly Fact[];
  /** Where the objects lie that were applied; absent while there are none. */
  readonly place?: ExternalSite;
  /** What was applied and seen, by key. */
  readonly applied: Readonly<Record<string, AppliedObject>>;
}

/** One object that was applied. */
export interface AppliedObject extends Omit<ExternalObject, "content"> {
  /** Of its content; see `contentDigest`. */
  readonly digest: string;
}

/** One object that a run changes: an absent content is no object. */
export interface RecordedChange extends Omit<ExternalObject, "content"> {
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * A change of a foreign system that has begun: intent and pre-image of every object, committed before the first is written.
 *
 * Key is {@link externalKey}: there is at most one for each system.
 */
export interface ExternalRun {
  readonly application: string;
  readonly name: string;
  readonly kind: "apply" | "undo" | "disconnect";
  /** `back`: what was done is being taken back. */
  readonly way: "forward" | "back";
  /** Why it is taken back, in words. */
  readonly reason?: string;
  readonly site: ExternalSite;
  readonly changes: readonly RecordedChange[];
  /** What is applied once the run is at its end, and what was before it. */
  readonly applied: ExternalRecord["applied"];
  readonly appliedBefore: ExternalRecord["applied"];
  /** RFC 3339, UTC. */
  readonly started: string;
}

/** What the last apply changed, so that it can be undone; key is {@link externalKey}. */
export interface ExternalUndo {
  readonly changes: readonly RecordedChange[];
  /** What was applied before it. */
  readonly applied: ExternalRecord["applied"];
  readonly finished: string;
}

/** The key of an application's foreign system. */
export function externalKey(application: string, name: string): string {
  return `${application} ${name}`;
}
