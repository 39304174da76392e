import type { Core } from "../core.ts";
import { now } from "../core.ts";
import type { PublicationRecord } from "../model/records.ts";
import type { Publication, PublicationCounters } from "../substrate/substrate.ts";
import { problemFrom } from "./problem-from.ts";
import { sameJson } from "./same-json.ts";
import { refreshStatus } from "./effective-status.ts";
import { fail } from "./fail.ts";

/** Whether the substrate has yet to be told what a unit wants. */
export function wantsApplying(core: Core, name: string): boolean {
  const runtime = core.runtimes.get(name);
  const unit = core.db.units.get(name);
  const charm = unit && core.charms.get(unit.application);
  if (!runtime?.outcome || unit?.life !== "alive" || !charm) return false;
  if (core.failures.waits("apply", name, core.around.clock())) return false;
  const bare = Object.keys(charm.manifest.containers).length === 0;
  return (
    !bare &&
    (core.failures.get("apply", name) !== undefined || !sameJson(runtime.told, runtime.outcome.containers))
  );
}

/** Has the substrate make true what a unit wants; what became of its files changes the unit's view. */
export async function applyUnit(core: Core, name: string): Promise<void> {
  const runtime = core.runtimes.get(name);
  const wanted = runtime?.outcome?.containers;
  if (!runtime || !wanted) return;
  core.counters.applies += 1;
  try {
    const published = await core.around.substrate.apply(name, wanted);
    runtime.told = wanted;
    core.failures.clear("apply", name);
    takeIn(core, name, published);
  } catch (cause) {
    fail(core, "apply", {
      entity: name,
      problem: problemFrom(cause, { code: "PUBLICATION_FAILED", origin: { unit: name } }),
    });
  }
}

function takeIn(core: Core, name: string, published: Readonly<Record<string, Publication>>): void {
  for (const { counters } of Object.values(published)) count(core, counters);
  const state = core.db.states.get(name);
  if (core.db.units.get(name)?.life !== "alive" || !state) return;
  const publications = Object.fromEntries(
    Object.entries(published).map(([container, { rejected, applied }]): [string, PublicationRecord] => [
      container,
      { rejected, ...(applied === undefined ? {} : { applied }) },
    ]),
  );
  const change = core.db.states.put(name, { ...state, publications });
  if (!change.idle) {
    core.db.commit([change]);
    core.dirty.add(name);
    core.rounds.note({ from: name, to: name });
    for (const [path, { problem: why }] of Object.entries(published).flatMap(([, { rejected }]) =>
      Object.entries(rejected),
    )) {
      core.log.write("WARNING", name, `file ${path} did not go live, ${why.code}: ${why.message}`);
    }
    core.log.write("DEBUG", name, `files published at ${now(core)}`);
    core.changed();
  }
  refreshStatus(core, name);
}

function count(core: Core, counters: PublicationCounters): void {
  for (const name of [
    "filesWritten",
    "bytesWritten",
    "filesRemoved",
    "filesChecked",
    "reloads",
    "restarts",
  ] as const) {
    core.counters[name] += counters[name];
  }
}
