import type { Problem } from "@orrery/problems";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";

/** A file that was refused, and by whom. */
export interface Refusal {
  readonly digest: string;
  /** A checker judged the content alone; a workload judged it together with all others. */
  readonly by: "checker" | "workload";
  readonly problem: Problem;
  /** Digest of all files that were wanted then: what the workload refused is tried again in other company. */
  readonly company?: string;
}

/** What is remembered of a container's publication beside its files. */
export interface PublicationRecord {
  readonly refused: Readonly<Record<string, Refusal>>;
  /** The generation that the workload was last seen to have loaded. */
  readonly loaded?: number;
  /** Paths of published files whose change or removal calls for a restart. */
  readonly restarts: readonly string[];
}

const EMPTY: PublicationRecord = { refused: {}, restarts: [] };

/** Reads the record; an unreadable one counts as empty, at the cost of a check and a reload more. */
export function readRecord(path: string): PublicationRecord {
  try {
    const found: unknown = JSON.parse(readIfThere(path) ?? "{}");
    return typeof found === "object" && found !== null && !Array.isArray(found)
      ? { ...EMPTY, ...found }
      : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** Writes the record unless it is the same. */
export function writeRecord(path: string, record: PublicationRecord, before: PublicationRecord): void {
  const text = JSON.stringify(record);
  if (text !== JSON.stringify(before)) writeAtomically(path, `${text}\n`, 0o600);
}
