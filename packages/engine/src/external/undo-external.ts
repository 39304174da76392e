import { OrreryError } from "@orrery/problems";
import type { CommandResult } from "../commands/command.ts";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { expectNoDrift } from "./apply-external.ts";
import type { RunOptions } from "./carry-out-run.ts";
import { carryOutRun } from "./carry-out-run.ts";
import type { Drift, Found } from "./compare-objects.ts";
import type { ExternalRecord, ExternalRun, RecordedChange } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { findObjects } from "./find-objects.ts";
import { objectsSite } from "./objects-site.ts";
import { openSystem } from "./open-system.ts";
import { reverseChanges } from "./order-changes.ts";
import { sameContent } from "./same-content.ts";

/**
 * Gives every object that the last apply changed the content that it had before.
 *
 * @throws OrreryError `EXTERNAL_NOTHING_TO_UNDO`, `EXTERNAL_DRIFT`, or as {@link carryOutRun} does.
 */
export async function undoExternal(
  core: Core,
  record: ExternalRecord,
  options: RunOptions,
): Promise<CommandResult> {
  const { application, name } = record;
  const key = externalKey(application, name);
  const last = core.db.externalUndos.get(key);
  if (!last) {
    throw new OrreryError(
      "EXTERNAL_NOTHING_TO_UNDO",
      `nothing was applied to ${application} since the last undo`,
      { origin: { application } },
    );
  }
  const site = await objectsSite(core, record, record.place);
  const store = (await openSystem(core, record, site)).store();
  const found = await findObjects(
    store,
    last.changes.map((change) => change.key),
  );
  expectNoDrift(application, driftSince(last.changes, found), options.overwrite);
  const changes = reverseChanges(last.changes).map((change) => withPresent(change, found[change.key]));
  const run: ExternalRun = {
    application,
    name,
    kind: "undo",
    way: "forward",
    site,
    changes,
    applied: last.applied,
    appliedBefore: record.applied,
    started: now(core),
  };
  core.db.commit([core.db.externalRuns.put(key, run)]);
  await carryOutRun(core, store, { run, options });
  return {
    message: `undid the last apply to ${application}: ${changes.length} objects are as they were before it`,
    details: { application, changed: changes.length, objects: changes.map((change) => change.key) },
  };
}

function driftSince(
  changes: readonly RecordedChange[],
  found: Readonly<Record<string, Found>>,
): readonly Drift[] {
  return changes.flatMap(({ key, before, after }): Drift[] => {
    const there = found[key];
    if (there !== undefined && "theirs" in there) return [{ key, how: "theirs" }];
    if (sameContent(there?.content, after) || sameContent(there?.content, before)) return [];
    return [{ key, how: there === undefined ? "removed" : "changed" }];
  });
}

/** The pre-image is what is there now, whoever wrote it. */
function withPresent({ before: _before, ...change }: RecordedChange, there: Found): RecordedChange {
  return there !== undefined && "content" in there ? { ...change, before: there.content } : change;
}
