import type { Intake, ObjectStore, Settled } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { CarryOutOptions } from "./carry-out.ts";
import type { RecordedChange } from "./external-record.ts";

/** How long a system that was asked may take to report what it loaded, in milliseconds. */
const ASKED_MS = 60_000;
/** How long a person may take to do something about it. */
const PERSON_MS = 300_000;
const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2000;

/**
 * Has the system take in a batch, and waits until its own interface reports all of it.
 *
 * @throws OrreryError `EXTERNAL_REFUSED` with the system's words, `EXTERNAL_NOT_SEEN` when the time is over.
 */
export async function waitUntilSeen(
  core: Core,
  { store, batch }: { readonly store: ObjectStore; readonly batch: readonly RecordedChange[] },
  { application, back, waitMs }: CarryOutOptions,
): Promise<void> {
  const intake = await store.intake(batch.map(({ key }) => key));
  const refused = intake.by === "request" ? await load(store, back === true) : undefined;
  if (intake.by === "person") core.log.write("WARNING", application, `written; now ${intake.todo}`);
  if (intake.by === "itself") {
    core.log.write(
      "INFO",
      application,
      `written; the system looks by itself within ${Math.round(intake.withinMs / 1000)} s`,
    );
  }
  // Whoever was in a hurry on the way there is not helped by half a way back.
  const wait = back === true ? Math.max(waitMs ?? 0, longest(intake)) : (waitMs ?? longest(intake));
  const deadline = core.around.clock() + wait;
  let seen: Readonly<Record<string, Settled>> = {};
  let silent: string | undefined;
  for (let pause = SHORTEST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      seen = await store.settled(batch);
      silent = undefined;
    } catch (cause) {
      if (!isOrreryError(cause)) throw cause;
      silent = cause.message;
    }
    if (silent === undefined && batch.every(({ key }) => seen[key] === "live")) return;
    if (back !== true) expectNoRefusal(batch, seen);
    if (core.around.clock() >= deadline) break;
    await core.around.foreign?.pause(pause);
  }
  const missing = batch.filter(({ key }) => seen[key] !== "live").map(({ key }) => key);
  const told = [
    `system did not report ${missing.join(", ")} in time`,
    ...(silent === undefined ? [] : [silent]),
    ...(refused === undefined ? [] : [refused]),
  ];
  throw new OrreryError("EXTERNAL_NOT_SEEN", told.join("; "), {
    origin: { application },
    ...(intake.by === "person" ? { remedy: `run it again, and while it waits ${intake.todo}` } : {}),
  });
}

function longest(intake: Intake): number {
  if (intake.by === "itself") return intake.withinMs;
  return intake.by === "request" ? ASKED_MS : PERSON_MS;
}

/** On the way back a system that takes nothing may still have what it had: what it reports decides. */
async function load(store: ObjectStore, back: boolean): Promise<string | undefined> {
  try {
    await store.load();
    return undefined;
  } catch (cause) {
    if (!back || !isOrreryError(cause)) throw cause;
    return cause.message;
  }
}

function expectNoRefusal(batch: readonly RecordedChange[], seen: Readonly<Record<string, Settled>>): void {
  for (const { key } of batch) {
    const state = seen[key];
    if (typeof state !== "object") continue;
    const { code, message, remedy, origin } = state.rejected;
    throw new OrreryError(code, message, { remedy, origin });
  }
}
