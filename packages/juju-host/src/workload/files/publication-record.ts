import type { RejectedFile } from "@orrery/charm";
import { isRecord } from "../../tools/read-answer.ts";

/** Names of services and checks that this host has put into a container, sorted. */
export interface OwnNames {
  readonly services: readonly string[];
  readonly checks: readonly string[];
}

/** What stands in a container's folder beside its files: what was done there. It goes when the container's files go. */
export interface PublicationRecord {
  /** Digest and permission bits by path. */
  readonly files: Readonly<Record<string, { readonly digest: string; readonly mode: number }>>;
  /** Files that were refused with just this content, by path. */
  readonly rejected: Readonly<Record<string, RejectedFile>>;
  /** Digest of the set of files that the services have taken in. */
  readonly loaded?: string;
  /** Whether what has not been taken in yet calls for a restart. */
  readonly restart: boolean;
  /** Services and checks that were put there, so that others' are left alone. */
  readonly own: OwnNames;
  /** Digest of the charm's own workload files that lie there. */
  readonly workload?: string;
}

/** What is known of a container where nothing was done yet. */
export const nothingPublished: PublicationRecord = {
  files: {},
  rejected: {},
  restart: false,
  own: { services: [], checks: [] },
};

/** Reads a record; one that is not there or cannot be read counts as none, and all is done again. */
export function readRecord(text: string | undefined): PublicationRecord {
  if (text === undefined) return nothingPublished;
  try {
    const value: unknown = JSON.parse(text);
    return isPublicationRecord(value) ? value : nothingPublished;
  } catch {
    return nothingPublished;
  }
}

/** Only this host writes it: its outer form tells whether it was this version. */
function isPublicationRecord(value: unknown): value is PublicationRecord {
  return isRecord(value) && isRecord(value["files"]) && isRecord(value["rejected"]) && isRecord(value["own"]);
}
