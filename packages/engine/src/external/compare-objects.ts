import { contentDigest } from "@orrery/charm";
import type { ExternalObject } from "@orrery/charm";
import type { AppliedObject, RecordedChange } from "./external-record.ts";
import { sameContent } from "./same-content.ts";

/** An object that is not as it was left: changed, removed, there without having been applied, or replaced by somebody else's. */
export interface Drift {
  readonly key: string;
  readonly how: "changed" | "removed" | "unexpected" | "theirs";
}

/** What was found in the place of an object: its content, nothing, or something that is not ours. */
export type Found = { readonly content: unknown } | { readonly theirs: string } | undefined;

/** What is to be done, and what is not as it was left. */
export interface Comparison {
  /** In order of key. */
  readonly changes: readonly RecordedChange[];
  readonly drift: readonly Drift[];
}

/**
 * Compares what is wanted with what is there and with what was applied; pure.
 *
 * What is there already as it is wanted is neither a change nor drift, whoever wrote it.
 *
 * @param found - By key, for every key of the other two and whatever else bears our mark.
 */
export function compareObjects(
  wanted: Readonly<Record<string, ExternalObject>>,
  applied: Readonly<Record<string, AppliedObject>>,
  found: Readonly<Record<string, Found>>,
): Comparison {
  const keys = [
    ...new Set([...Object.keys(wanted), ...Object.keys(applied), ...Object.keys(found)]),
  ].toSorted();
  const changes: RecordedChange[] = [];
  const drift: Drift[] = [];
  for (const key of keys) {
    const want = own(wanted, key);
    const there = own(found, key);
    const before = own(applied, key);
    const how = driftOf(want, before, there);
    if (how !== undefined) drift.push({ key, how });
    if (there !== undefined && "theirs" in there) continue;
    const content = there?.content;
    if (sameContent(content, want?.content)) continue;
    const { digest: _digest, ...about } = before ?? { digest: "", stage: "targets" as const };
    const { content: after, ...now } = want ?? { content: undefined };
    changes.push({
      ...about,
      ...now,
      key,
      ...(content === undefined ? {} : { before: content }),
      ...(after === undefined ? {} : { after }),
    });
  }
  return { changes, drift };
}

function driftOf(
  want: ExternalObject | undefined,
  applied: AppliedObject | undefined,
  there: Found,
): Drift["how"] | undefined {
  if (there !== undefined && "theirs" in there) return "theirs";
  if (sameContent(there?.content, want?.content)) return undefined;
  if (applied === undefined) return there === undefined ? undefined : "unexpected";
  if (there === undefined) return "removed";
  return contentDigest(there.content) === applied.digest ? undefined : "changed";
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
