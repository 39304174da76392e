import type { Problem } from "@orrery/problems";

/** One identified object of a foreign system. */
export interface ForeignObject {
  /** Plain JSON. */
  readonly content: unknown;
  /** Whatever tells this content from another: an ETag, a resource version, a digest. */
  readonly version: string;
}

/** The version of an object that is not there. */
export const ABSENT = "absent";

/** What an object was, and is meant to be; an absent content is no object. */
export interface ObjectChange {
  readonly key: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** How far a change is, asked of the system itself. */
export type Settled = "live" | "pending" | { readonly rejected: Problem };

/** How the system comes to take in what was written. */
export type Intake =
  /** It has to be asked, by `load`. */
  | { readonly by: "request" }
  /** It looks by itself, at the latest after so long. */
  | { readonly by: "itself"; readonly withinMs: number }
  /** A person has to do something: what exactly. */
  | { readonly by: "person"; readonly todo: string };

/**
 * How a host reads and writes single objects that bear our mark; the host alone decides which, when and in what order.
 *
 * Whatever bears no mark, or another one, is somebody else's: it is never listed, written or deleted.
 */
export interface ObjectStore {
  /** Keys of all that bears our mark. */
  readonly list: () => Promise<readonly string[]>;
  /** Nothing when there is no such object. @throws OrreryError `EXTERNAL_OBJECT_THEIRS` when somebody else's is in its place. */
  readonly read: (key: string) => Promise<ForeignObject | undefined>;
  /** @throws OrreryError `EXTERNAL_CHANGED` when its version is not {@link ABSENT} or the one given, `EXTERNAL_OBJECT_THEIRS`. */
  readonly write: (key: string, content: unknown, ifVersion: string) => Promise<void>;
  /** @throws OrreryError `EXTERNAL_CHANGED`, `EXTERNAL_OBJECT_THEIRS`. */
  readonly delete: (key: string, ifVersion: string) => Promise<void>;
  /** Removes what writes of these objects that were interrupted have left, where something can be left. */
  readonly tidy?: (keys: readonly string[]) => Promise<void>;
  /** How changes of these objects are taken in; looks alone. */
  readonly intake: (keys: readonly string[]) => Promise<Intake>;
  /** Asks the system to take in what was written. @throws OrreryError `EXTERNAL_REFUSED` with its own words. */
  readonly load: () => Promise<void>;
  /** Says for each change, by key, what the system itself reports: a 200 to a write proves nothing. */
  readonly settled: (changes: readonly ObjectChange[]) => Promise<Readonly<Record<string, Settled>>>;
}
