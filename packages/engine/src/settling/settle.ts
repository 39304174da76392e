import { isDue } from "@orrery/materials";
import { problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { writePair } from "../commands/integrate.ts";
import { compareKeys } from "../store/table.ts";
import { applyUnit, wantsApplying } from "./apply-unit.ts";
import { dueOf } from "./build-view.ts";
import { refreshStatus } from "./effective-status.ts";
import { evaluateUnit } from "./evaluate-unit.ts";
import { fail } from "./fail.ts";
import { beginLooking } from "../external/begin-looking.ts";
import { loadCharms } from "./load-charms.ts";
import { beginPlacing } from "./place-units.ts";
import { takesPart } from "./takes-part.ts";
import { tearDown } from "./tear-down.ts";
import { waitTogether } from "./wait-together.ts";

/** Substrates are told of so many units at once. */
const AT_ONCE = 4;

/**
 * Works until nothing is left to do that can be done now: removes, places, runs charms to rest, then has their
 * outcomes made true, and again, as what became of them changes views.
 *
 * Each step looks at the state anew, so commands may come between any two. `atRest` is called in the same turn as the
 * last look, so that nothing can come in between unseen.
 */
export async function settle(core: Core, atRest: () => void): Promise<void> {
  core.rounds.reset();
  stirDue(core);
  const slow = [core.placing, core.evaluating, core.ending, core.looking];
  for (;;) {
    const ended = slow.reduce((sum, work) => sum + work.ended, 0);
    if (await tearDown(core)) continue;
    if (await loadCharms(core)) continue;
    beginPlacing(core);
    beginLooking(core);
    if (await runRound(core)) continue;
    if (await applyChanged(core)) continue;
    const running = slow.flatMap((work) => work.running());
    // What ended since this turn began may have left something to do.
    if (slow.reduce((sum, work) => sum + work.ended, 0) !== ended) continue;
    if (running.length === 0) break;
    // A program may take minutes to be built, a hook to end; commands and what was seen meanwhile do not wait for it.
    await core.alarm.wait(running);
    stirDue(core);
  }
  endCycles(core);
  atRest();
}

/** Units whose charms can be run now, since what they see may have changed. */
function readyUnits(core: Core): readonly string[] {
  const now = core.around.clock();
  return [...core.dirty].filter((name) => {
    const unit = core.db.units.get(name);
    if (unit?.life !== "alive") core.dirty.delete(name);
    return (
      unit?.life === "alive" &&
      unit.placement !== undefined &&
      core.charms.has(unit.application) &&
      takesPart(core, unit.application) &&
      !core.evaluating.has(name) &&
      !core.failures.waits("evaluate", name, now) &&
      !core.failures.waits("cycle", name, now)
    );
  });
}

/** Runs every unit that is dirty now, in fixed order. Says whether there were any. */
async function runRound(core: Core): Promise<boolean> {
  const ready = readyUnits(core);
  if (ready.length === 0) return false;
  if (core.rounds.next(core.db.applications.keys().length)) {
    stopCycle(core, ready);
    return true;
  }
  for (const name of ready.toSorted(compareKeys)) {
    core.dirty.delete(name);
    await evaluateUnit(core, name);
  }
  await waitTogether(core, core.evaluating.running(ready));
  return true;
}

async function applyChanged(core: Core): Promise<boolean> {
  const wanted = core.db.units.keys().filter((name) => wantsApplying(core, name));
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    await Promise.all(wanted.slice(i, i + AT_ONCE).map((name) => applyUnit(core, name)));
  }
  return wanted.length > 0;
}

/** Stops the units that go round in a circle; everyone else goes on. */
function stopCycle(core: Core, dirty: readonly string[]): void {
  const { units, relations } = core.rounds.cycle();
  const named = relations.flatMap((id) => {
    const relation = core.db.relations.get(String(id));
    return relation ? [`relation ${id} of ${writePair(relation.ends)}`] : [];
  });
  const stopped = units.length > 0 ? units : dirty;
  const what = named.length > 0 ? named.join(", ") : "files that they publish";
  const message = `${stopped.join(", ")} did not come to rest in ${core.rounds.count} rounds because of ${what}`;
  const [relation] = relations;
  for (const unit of stopped) {
    core.dirty.add(unit);
    const origin = relation === undefined ? { unit } : { unit, relation };
    fail(core, "cycle", { entity: unit, problem: problem("SETTLE_CYCLE", { message, origin }) });
  }
  core.rounds.reset();
}

/** Units that were stopped, were tried again and came to rest are well again. */
function endCycles(core: Core): void {
  for (const { stage, entity, retryAt } of core.failures.all()) {
    if (stage !== "cycle" || retryAt > core.around.clock() || core.dirty.has(entity)) continue;
    core.failures.clear("cycle", entity);
    refreshStatus(core, entity);
  }
}

/** Has units run whose deadlines have passed, and those whose materials are due. */
function stirDue(core: Core): void {
  const now = core.around.clock();
  for (const unit of core.db.states.keys())
    if (dueOf(core.db.states.get(unit), now).length > 0) core.dirty.add(unit);
  for (const { unit } of core.db.materials.values().filter((one) => isDue(one, now))) core.dirty.add(unit);
  for (const { stage, entity, retryAt } of core.failures.all()) {
    if (stage !== "material" || retryAt > now) continue;
    // Nothing that the charm sees has changed: only what it asked for is to be tried again.
    delete core.runtimes.get(entity)?.viewKey;
    core.dirty.add(entity);
  }
}
