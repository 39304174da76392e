import type { CommandResult } from "../commands/command.ts";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { expectNoDrift } from "./apply-external.ts";
import type { RunOptions } from "./carry-out-run.ts";
import { carryOutRun } from "./carry-out-run.ts";
import type { Drift } from "./compare-objects.ts";
import { compareObjects } from "./compare-objects.ts";
import { endBridge } from "./end-bridge.ts";
import type { ExternalRecord, ExternalRun } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { findObjects } from "./find-objects.ts";
import { objectsSite } from "./objects-site.ts";
import { openSystem, siteUnder } from "./open-system.ts";

/** What disconnecting takes away. */
export interface DisconnectPlan {
  readonly objects: readonly string[];
  readonly drift: readonly Drift[];
}

/** Finds everything that bears our mark. */
export async function planDisconnect(
  core: Core,
  record: ExternalRecord,
  options: Pick<RunOptions, "unverified"> = {},
): Promise<DisconnectPlan & Pick<ExternalRun, "changes">> {
  const { applied } = record;
  const system = await openSystem(
    core,
    record,
    siteUnder(await objectsSite(core, record, record.place), options),
  );
  // A connection that never named a place has none to be emptied.
  if (system.place === "") return { objects: [], drift: [], changes: [] };
  const found = await findObjects(system.store(), Object.keys(applied));
  const { changes, drift } = compareObjects({}, applied, found);
  const ours = drift.filter(
    ({ how, key }) => how !== "removed" && !(how === "theirs" && !Object.hasOwn(applied, key)),
  );
  return { objects: changes.map(({ key }) => key), drift: ours, changes };
}

/**
 * Takes every object of ours out of a foreign system, sees that they are gone, and ends the bridge: also when its application, or its
 * charm, is gone already.
 *
 * @throws OrreryError `EXTERNAL_DRIFT`, or as {@link carryOutRun} does.
 */
export async function disconnectExternal(
  core: Core,
  record: ExternalRecord,
  options: RunOptions,
): Promise<CommandResult> {
  const { application, name } = record;
  const key = externalKey(application, name);
  const { changes, drift, objects } = await planDisconnect(core, record, options);
  expectNoDrift(application, drift, options.overwrite);
  const run: ExternalRun = {
    application,
    name,
    kind: "disconnect",
    way: "forward",
    site: await objectsSite(core, record, record.place),
    changes,
    applied: {},
    appliedBefore: record.applied,
    started: now(core),
  };
  if (changes.length > 0) {
    const store = (await openSystem(core, record, siteUnder(run.site, options))).store();
    core.db.commit([core.db.externalRuns.put(key, run)]);
    await carryOutRun(core, store, { run, options });
  } else core.db.commit(endBridge(core, record));
  const how = options.unverified === true ? "removed, which the system was not asked about" : "gone from it";
  return {
    message: `disconnected ${application}: ${objects.length} objects are ${how}`,
    details: { application, removed: objects },
  };
}
