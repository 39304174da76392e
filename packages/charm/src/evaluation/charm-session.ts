import type { Problem } from "@orrery/problems";
import type { ActionResults, ActionTools } from "../definition/action.ts";
import type { Manifest } from "../definition/manifest.ts";
import type { Outcome } from "../outcome/outcome.ts";
import type { View } from "../view/view.ts";

/** A charm with its texts: ready to be run for any number of units. */
export interface LoadedCharm {
  readonly manifest: Manifest;
  /** What is wrong with the charm's own declaration; the parts concerned are left out. */
  readonly problems: readonly Problem[];
  /** A session for one unit: remembers what it decoded, so that cost follows the change. */
  readonly session: () => CharmSession;
  /** @throws OrreryError `CHARM_INVALID` when there is no such action. */
  readonly act: (request: ActionRequest, tools: ActionTools) => Promise<ActionResults>;
}

/** One run of an action. */
export interface ActionRequest {
  readonly action: string;
  readonly view: View;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Runs one charm for one unit. */
export interface CharmSession {
  /**
   * From view to outcome; the same view gives the same outcome.
   *
   * @throws OrreryError `RECONCILE_FAILED` when the charm threw, `OUTCOME_INVALID` when it returned something else.
   */
  readonly evaluate: (view: View) => Outcome;
  /** Exact counts since the session began. */
  readonly counters: Readonly<SessionCounters>;
}

/** What a session did, to prove that cost follows the change. */
export interface SessionCounters {
  readonly decoded: number;
  readonly encoded: number;
  readonly computed: number;
  readonly remembered: number;
}
