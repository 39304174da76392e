import { OrreryError } from "@orrery/problems";
import type { CommandResult } from "../commands/command.ts";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import type { RunOptions } from "./carry-out-run.ts";
import { carryOutRun } from "./carry-out-run.ts";
import type { Drift } from "./compare-objects.ts";
import type { AppliedObject, ExternalRecord, ExternalRun, RecordedChange } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { siteOf } from "./objects-site.ts";
import { openSystem } from "./open-system.ts";
import { planExternal } from "./plan-external.ts";
import { digestOf } from "./same-content.ts";
import { wantedOf } from "./the-external.ts";

/**
 * Makes a foreign system what its bridge wants, or leaves it as it was.
 *
 * The journal has the intent and the pre-image of every object before the first is written. Done again with nothing to change, it does nothing.
 *
 * @throws OrreryError `EXTERNAL_NOT_COMPILED`, `EXTERNAL_DRIFT`, `EXTERNAL_OBJECT_THEIRS`, the first finding that stands against it, or as {@link carryOutRun} does.
 */
export async function applyExternal(
  core: Core,
  record: ExternalRecord,
  options: RunOptions,
): Promise<CommandResult> {
  const { application, name } = record;
  const objects = wantedOf(core, record)?.objects;
  const plan = await planExternal(core, record);
  const [against] = plan.problems.filter(({ severity }) => severity === "error");
  if (against)
    throw new OrreryError(against.code, against.message, { remedy: against.remedy, origin: against.origin });
  if (objects === undefined) {
    const message = `bridge ${application} has not compiled anything for the system that it found`;
    throw new OrreryError("EXTERNAL_NOT_COMPILED", message, {
      remedy: `see why: \`orrery status ${application}\``,
      origin: { application },
    });
  }
  expectNoDrift(application, plan.drift, options.overwrite);
  const applied: Record<string, AppliedObject> = {};
  for (const [key, object] of Object.entries(objects)) {
    const { content: _content, ...about } = object;
    applied[key] = { ...about, digest: digestOf(object) };
  }
  const changes = plan.changes.map(({ action: _action, ...change }): RecordedChange => change);
  const site = siteOf(record);
  if (changes.length === 0) {
    const { place: _place, ...rest } = record;
    const has = Object.keys(applied).length > 0;
    core.db.commit([
      core.db.external.put(externalKey(application, name), {
        ...rest,
        applied,
        ...(has ? { place: site } : {}),
      }),
    ]);
    return {
      message: `nothing to apply: ${application} is as it is wanted`,
      details: { application, changed: 0 },
    };
  }
  const run: ExternalRun = {
    application,
    name,
    kind: "apply",
    way: "forward",
    site,
    changes,
    applied,
    appliedBefore: record.applied,
    started: now(core),
  };
  const store = (await openSystem(core, record, site)).store();
  core.db.commit([core.db.externalRuns.put(externalKey(application, name), run)]);
  await carryOutRun(core, store, { run, options });
  return {
    message: `applied ${changes.length} changes to ${application}; the system reports all of them`,
    details: { application, changed: changes.length, objects: changes.map(({ key }) => key) },
  };
}

/** Refuses to go over what somebody else has done without a word. @throws OrreryError `EXTERNAL_DRIFT`, `EXTERNAL_OBJECT_THEIRS`. */
export function expectNoDrift(application: string, drift: readonly Drift[], overwrite: boolean): void {
  const theirs = drift.filter(({ how }) => how === "theirs").map(({ key }) => key);
  const origin = { application };
  if (theirs.length > 0)
    throw new OrreryError(
      "EXTERNAL_OBJECT_THEIRS",
      `something that is not ours is in the place of ${theirs.join(", ")}`,
      { origin },
    );
  if (overwrite || drift.length === 0) return;
  const told = drift.map(({ key, how }) => `${key} (${WORDS[how]})`).join(", ");
  throw new OrreryError("EXTERNAL_DRIFT", `somebody else has been at objects of ${application}: ${told}`, {
    origin,
  });
}

const WORDS: Readonly<Record<Drift["how"], string>> = {
  changed: "changed",
  removed: "removed",
  unexpected: "there, and not known to have been applied",
  theirs: "not ours",
};
