import type { Charm, LoadedCharm, Outcome, View } from "@orrery/charm";
import { buildView } from "../view/build-view.ts";
import type { ViewInput } from "../view/view-input.ts";
import { CharmRun } from "./charm-run.ts";
import { expectSame, underAnotherSky } from "./purity.ts";

/** A charm as it is exported, when it marks no texts, or with its texts. */
export type TestedCharm = Charm | LoadedCharm;

/**
 * Runs a charm on a view, twice: a charm that depends on anything else is found out.
 *
 * @throws OrreryError `VIEW_IMPOSSIBLE`, `CHARM_IMPURE`, or what the charm itself fails with.
 */
export function runCharm(charm: TestedCharm, input: ViewInput = {}): CharmRun {
  const loaded = loadedCharm(charm);
  const view = frozen(buildView(loaded.manifest, input));
  return new CharmRun(view, evaluatePurely(loaded, view));
}

/** Evaluates in two sessions, and again in the first, and has all three agree. */
export function evaluatePurely(charm: LoadedCharm, view: View): Outcome {
  const session = charm.session();
  const outcome = session.evaluate(view);
  expectSame(
    outcome,
    underAnotherSky(() => charm.session().evaluate(view)),
  );
  expectSame(outcome, session.evaluate(view));
  return outcome;
}

/** The charm with its texts; one that marks folders must be loaded from its folder. */
export function loadedCharm(charm: TestedCharm): LoadedCharm {
  return "session" in charm ? charm : charm.load({});
}

/** Frozen to its depth, so that a charm that changes its view fails where it does so. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
