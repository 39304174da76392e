import type { ObjectStore } from "@orrery/charm";
import { ABSENT } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { RecordedChange } from "./external-record.ts";
import { orderChanges } from "./order-changes.ts";
import { sameContent } from "./same-content.ts";
import { waitUntilSeen } from "./wait-until-seen.ts";

/** How changes are carried out. */
export interface CarryOutOptions {
  readonly application: string;
  /** Longest wait for the system to report a batch, in milliseconds; by how it takes changes in when absent. */
  readonly waitMs?: number;
  /** What somebody else wrote in the meantime is overwritten. */
  readonly overwrite: boolean;
  /** The system is not asked whether it has them. */
  readonly unverified?: boolean;
  /** What was done is taken back: a system that refuses to load is then only asked whether it is as it was. */
  readonly back?: boolean;
}

/**
 * Makes changes true in a foreign system: batch after batch, each object by the version that was read, each batch once the one before
 * was reported by the system itself. What is true already is not done again, so it may be called again after a crash.
 *
 * @throws OrreryError `EXTERNAL_DRIFT`, `EXTERNAL_CHANGED`, `EXTERNAL_OBJECT_THEIRS`, `EXTERNAL_WRITE_FAILED`, `EXTERNAL_REFUSED`,
 *   `EXTERNAL_NOT_SEEN`.
 */
export async function carryOut(
  core: Core,
  work: { readonly store: ObjectStore; readonly changes: readonly RecordedChange[] },
  options: CarryOutOptions,
): Promise<void> {
  const { store, changes } = work;
  const together = (await intakeOf(store, changes, options)) === "person";
  const batches = orderChanges(changes, { together });
  for (const [index, batch] of batches.entries()) {
    const step = batches.length === 1 ? "" : `step ${index + 1} of ${batches.length}: `;
    core.log.write("INFO", options.application, `${step}${describe(batch)}`);
    for (const change of batch) await write(store, change, options.overwrite);
    if (options.unverified !== true) await waitUntilSeen(core, { store, batch }, options);
  }
}

async function intakeOf(
  store: ObjectStore,
  changes: readonly RecordedChange[],
  { unverified }: CarryOutOptions,
): Promise<"request" | "itself" | "person"> {
  if (unverified === true || changes.length === 0) return "request";
  return (await store.intake(changes.map(({ key }) => key))).by;
}

async function write(store: ObjectStore, change: RecordedChange, overwrite: boolean): Promise<void> {
  const { key, before, after } = change;
  const found = await store.read(key);
  if (sameContent(found?.content, after)) return;
  if (!overwrite && !sameContent(found?.content, before)) {
    throw new OrreryError("EXTERNAL_DRIFT", `object ${key} was changed by somebody else`, {
      origin: { file: key },
    });
  }
  if (after === undefined) await store.delete(key, found?.version ?? ABSENT);
  else await store.write(key, after, found?.version ?? ABSENT);
}

function describe(batch: readonly RecordedChange[]): string {
  const removed = batch.filter(({ after }) => after === undefined).length;
  const created = batch.filter(({ before, after }) => before === undefined && after !== undefined).length;
  const stages = [...new Set(batch.map(({ stage }) => stage))].join(" and ");
  const parts = [
    ...count("creating", created),
    ...count("changing", batch.length - removed - created),
    ...count("removing", removed),
  ];
  return `${parts.join(", ")} (${stages})`;
}

function count(what: string, number: number): readonly string[] {
  return number === 0 ? [] : [`${what} ${number}`];
}
