import type { ObjectStore } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { CarryOutOptions } from "./carry-out.ts";
import { carryOut } from "./carry-out.ts";
import type { ExternalRun } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { finishRun } from "./finish-run.ts";
import { reverseChanges } from "./order-changes.ts";

/** How a run is made. */
export type RunOptions = Pick<CarryOutOptions, "overwrite" | "unverified" | "waitMs">;

/**
 * Carries a run out that the journal has: to its end, or, where an apply fails, back to where it began.
 *
 * @throws OrreryError why an apply was taken back, or `EXTERNAL_UNFINISHED` when neither way came to its end: the run stays in the
 *   journal then, and the next command goes on with it.
 */
export async function carryOutRun(
  core: Core,
  store: ObjectStore,
  work: { readonly run: ExternalRun; readonly options: RunOptions },
): Promise<void> {
  const { run, options } = work;
  if (run.way === "back") {
    await takeBack(core, store, work);
    return;
  }
  try {
    await carryOut(core, { store, changes: run.changes }, { ...options, application: run.application });
  } catch (cause) {
    if (!isOrreryError(cause)) throw cause;
    if (run.kind !== "apply") throw unfinished(run, cause);
    core.log.write(
      "WARNING",
      run.application,
      `${cause.code}: ${cause.message}; taking back what was applied`,
    );
    const back: ExternalRun = { ...run, way: "back", reason: `${cause.code}: ${cause.message}` };
    core.db.commit([core.db.externalRuns.put(externalKey(run.application, run.name), back)]);
    await takeBack(core, store, { run: back, options });
    throw new OrreryError(
      cause.code,
      `${cause.message}; nothing was changed in the end, all of it was taken back`,
      {
        remedy: cause.remedy,
        origin: cause.origin,
        cause,
      },
    );
  }
  core.db.commit(finishRun(core, run));
}

async function takeBack(
  core: Core,
  store: ObjectStore,
  { run, options }: { readonly run: ExternalRun; readonly options: RunOptions },
): Promise<void> {
  try {
    const changes = reverseChanges(run.changes);
    await carryOut(core, { store, changes }, { ...options, application: run.application, back: true });
  } catch (cause) {
    if (!isOrreryError(cause)) throw cause;
    throw unfinished(run, cause);
  }
  core.db.commit(finishRun(core, run));
}

function unfinished({ application, kind, way, reason }: ExternalRun, cause: OrreryError): OrreryError {
  const why = reason === undefined ? "" : ` after ${reason}`;
  const what = way === "back" ? `taking back ${kind === "apply" ? "an apply" : kind}${why}` : kind;
  return new OrreryError(
    "EXTERNAL_UNFINISHED",
    `${what} of ${application} is not at its end: ${cause.code}: ${cause.message}`,
    {
      remedy:
        cause.code === "EXTERNAL_DRIFT"
          ? "see what differs with `orrery plan`, then say `--overwrite`"
          : cause.remedy,
      origin: { application },
      cause,
    },
  );
}
