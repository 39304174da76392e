import type { Core } from "../core.ts";
import type { RunOptions } from "./carry-out-run.ts";
import { carryOutRun } from "./carry-out-run.ts";
import type { ExternalRun } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { findObjects } from "./find-objects.ts";
import { objectsSite } from "./objects-site.ts";
import { openSystem, siteUnder } from "./open-system.ts";
import { sameContent } from "./same-content.ts";

/**
 * Brings a run to its end that a crash, or a system that did not answer, has left in the journal. Says in words what was done; nothing
 * when there was none.
 *
 * An apply goes on when all of it was written already, and is taken back otherwise; what takes away is finished.
 *
 * @throws OrreryError `EXTERNAL_UNFINISHED` when it cannot be brought to its end now.
 */
export async function recoverRun(core: Core, key: string, options: RunOptions): Promise<string | undefined> {
  const run = core.db.externalRuns.get(key);
  if (!run) return undefined;
  const { store: openStore } = await openSystem(
    core,
    run,
    siteUnder(await objectsSite(core, run, run.site), options),
  );
  const store = openStore();
  await store.tidy?.(run.changes.map((change) => change.key));
  const found = await findObjects(
    store,
    run.changes.map((change) => change.key),
  );
  const isWritten = run.changes.every((change) => {
    const there = found[change.key];
    return there === undefined || "content" in there ? sameContent(there?.content, change.after) : false;
  });
  const goesOn = run.way === "forward" && (run.kind !== "apply" || isWritten);
  const resumed: ExternalRun = goesOn
    ? run
    : { ...run, way: "back", reason: run.reason ?? "it was interrupted" };
  core.log.write(
    "WARNING",
    run.application,
    `an ${run.kind} was interrupted; ${goesOn ? "finishing it" : "taking it back"}`,
  );
  core.db.commit([core.db.externalRuns.put(externalKey(run.application, run.name), resumed)]);
  await carryOutRun(core, store, { run: resumed, options });
  return `an earlier ${run.kind} of ${run.application} that was interrupted was ${goesOn ? "finished" : "taken back"}`;
}
