import { effectiveConfig, validateOutcome } from "@orrery/charm";
import type { Outcome, Status } from "@orrery/charm";
import type { RunnableCharm } from "../charm-source/charm-source.ts";
import type { Core } from "../core.ts";
import type { PlacedUnit } from "./build-view.ts";
import { buildView } from "./build-view.ts";
import { commitOutcome } from "./commit-outcome.ts";
import { refreshStatus, sayMeanwhile } from "./effective-status.ts";
import { fail } from "./fail.ts";
import { problemFrom } from "./problem-from.ts";
import { lookAt } from "./look-at.ts";
import { NOTHING_MADE, makeMaterials } from "./make-materials.ts";
import type { MadeMaterials } from "./make-materials.ts";
import type { UnitRuntime } from "./unit-runtime.ts";
import { runtimeOf } from "./unit-runtime.ts";

/**
 * Runs a unit's charm on its present view and takes the outcome in; does nothing when the view is that of last time.
 *
 * A charm that answers later, as those in other processes do, is found among `core.evaluating` until its answer was taken in.
 */
export async function evaluateUnit(core: Core, name: string): Promise<void> {
  const runtime = runtimeOf(core, name);
  // A charm that saw its services run must see so at the first run after a restart, or it would say something else.
  if (!runtime.observation) await lookAt(core, name);
  const unit = core.db.units.get(name);
  const charm = unit && core.charms.get(unit.application);
  if (!unit?.placement || unit.life === "dying" || !charm) return;
  const placed: PlacedUnit = { ...unit, placement: unit.placement };
  const { view, key } = buildView(core, placed, charm.manifest);
  if (key === runtime.viewKey) return;
  const decoded = runtime.runner?.counters?.decoded ?? 0;
  core.counters.reconciles += 1;
  const run: Run = { unit: placed, charm, runtime, key };
  let isOver = false;
  const status = (said: Status): void => {
    if (!isOver) sayMeanwhile(core, name, said);
  };
  const take = async (answer: Outcome): Promise<void> => {
    isOver = true;
    core.counters.decodes += (runtime.runner?.counters?.decoded ?? 0) - decoded;
    const outcome = validateOutcome(answer);
    const wants = Object.keys(outcome.materials).length > 0;
    // A charm that asks for none waits for nobody else's.
    takeIn(core, run, {
      outcome,
      made: wants ? await makeMaterials(core, name, outcome.materials) : NOTHING_MADE,
    });
  };
  try {
    runtime.runner ??= charm.session();
    const answer = runtime.runner.evaluate(view, { status });
    if (answer instanceof Promise) {
      const later = answer.then(take).catch((cause: unknown) => {
        isOver = true;
        failed(core, name, cause);
      });
      core.evaluating.begin(name, later);
    } else await take(answer);
  } catch (cause) {
    failed(core, name, cause);
  }
}

interface Run {
  readonly unit: PlacedUnit;
  readonly charm: RunnableCharm;
  readonly runtime: UnitRuntime;
  /** Of the view on which the charm was run. */
  readonly key: string;
}

function takeIn(
  core: Core,
  run: Run,
  answer: { readonly outcome: Outcome; readonly made: MadeMaterials },
): void {
  const { unit, runtime } = run;
  const { outcome } = answer;
  // The unit may have been removed while its charm ran, or what it asked for was made.
  if (core.db.units.get(unit.name)?.life !== "alive") return;
  core.failures.clear("evaluate", unit.name);
  runtime.outcome = outcome;
  try {
    const found = commitOutcome(core, unit, answer);
    const set = core.db.applications.get(unit.application)?.config ?? {};
    runtime.problems = [...outcome.problems, ...found, ...effectiveConfig(run.charm.manifest, set).problems];
    runtime.viewKey = run.key;
    refreshStatus(core, unit.name);
  } catch (cause) {
    failed(core, unit.name, cause);
  }
}

/** The last good outcome stays; the next try is made whatever the view is then. */
function failed(core: Core, name: string, cause: unknown): void {
  if (core.db.units.get(name)?.life !== "alive") return;
  delete runtimeOf(core, name).viewKey;
  core.dirty.add(name);
  fail(core, "evaluate", {
    entity: name,
    problem: problemFrom(cause, { code: "RECONCILE_FAILED", origin: { unit: name } }),
  });
}
