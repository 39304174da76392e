import type { ExternalObject } from "@orrery/charm";
import type { RecordedChange } from "./external-record.ts";

/** What stands on what: targets are seen before rules watch them, and go after those. */
export const STAGES: readonly ExternalObject["stage"][] = ["targets", "rules", "dashboards"];

/**
 * Puts changes into batches that follow each other, each once the one before was seen: what watches goes before what it watches, and
 * comes after it.
 *
 * @param together - One batch for all, where a person has to act for each.
 */
export function orderChanges(
  changes: readonly RecordedChange[],
  { together = false }: { readonly together?: boolean } = {},
): readonly (readonly RecordedChange[])[] {
  const sorted = changes.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const [first, ...later] = STAGES;
  const removed = (stage: string): readonly RecordedChange[] =>
    sorted.filter((one) => one.stage === stage && one.after === undefined).toReversed();
  const written = (stage: string): readonly RecordedChange[] =>
    sorted.filter((one) => one.stage === stage && one.after !== undefined);
  const batches = [
    ...later.toReversed().map(removed),
    [...written(first ?? ""), ...removed(first ?? "")],
    ...later.map(written),
  ].filter(({ length }) => length > 0);
  return together && batches.length > 0 ? [batches.flat()] : batches;
}

/** The changes that take changes back. */
export function reverseChanges(changes: readonly RecordedChange[]): readonly RecordedChange[] {
  return changes.map(({ before, after, ...change }) => ({
    ...change,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }));
}
