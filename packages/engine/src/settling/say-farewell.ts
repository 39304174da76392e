import type { Core } from "../core.ts";
import type { UnitRecord } from "../model/records.ts";
import { buildView } from "./build-view.ts";
import { problemFrom } from "./problem-from.ts";
import { runtimeOf } from "./unit-runtime.ts";

/** A charm that fails at its last run is asked so many times: then its unit is removed all the same. */
const MOST_TIMES = 3;

/**
 * Runs the charm of a unit that left a memory for the last time, with a view that says so. What it wants is not made true: its bags
 * are gone. A charm that is a function of its view has nothing to end; one that lives by events ends there what it began.
 *
 * @throws what the charm threw, so that the removal is tried again.
 */
export async function sayFarewell(core: Core, unit: UnitRecord): Promise<void> {
  const charm = core.charms.get(unit.application);
  // A charm that cannot be loaded must not hold its unit for ever.
  if (!charm || !unit.placement || core.db.states.get(unit.name)?.memory === undefined) return;
  const runtime = runtimeOf(core, unit.name);
  const { view } = buildView(core, { ...unit, placement: unit.placement }, charm.manifest);
  core.counters.reconciles += 1;
  try {
    runtime.runner ??= charm.session();
    await runtime.runner.evaluate(view);
  } catch (cause) {
    const failed = core.failures.get("remove", unit.name)?.count ?? 0;
    if (failed + 1 < MOST_TIMES) throw cause;
    const { code, message } = problemFrom(cause, { code: "REMOVAL_FAILED", origin: { unit: unit.name } });
    core.log.write(
      "WARNING",
      unit.name,
      `removed although its charm failed ${MOST_TIMES} times at its last run, ${code}: ${message}`,
    );
  }
}
