import type {
  ActionRequest,
  ActionResults,
  ActionTools,
  Manifest,
  Outcome,
  SessionCounters,
  Status,
  View,
} from "@orrery/charm";
import type { Problem } from "@orrery/problems";

/** A charm that is ready to run, in this process or another: the engine does not see the difference. */
export interface RunnableCharm {
  readonly manifest: Manifest;
  /** Folder that holds the charm. */
  readonly folder: string;
  /** What is wrong with its own declaration. */
  readonly problems: readonly Problem[];
  /** A session for one unit. */
  readonly session: () => CharmRunner;
  readonly act: (request: ActionRequest, tools: ActionTools) => Promise<ActionResults>;
}

/** What a runner that takes its time may tell before it answers. */
export interface Meanwhile {
  /** How the unit is now; shown until the outcome says otherwise. */
  readonly status: (status: Status) => void;
}

/** Runs a charm for one unit. */
export interface CharmRunner {
  /** @throws OrreryError `RECONCILE_FAILED`, `RECONCILE_TIMEOUT`, `OUTCOME_INVALID`: the unit alone is in error then. */
  readonly evaluate: (view: View, meanwhile?: Meanwhile) => Promise<Outcome> | Outcome;
  readonly close?: () => void;
  /** Exact counts since the session began, where the runner knows them. */
  readonly counters?: Readonly<SessionCounters>;
}

/** Finds charms by the reference that a person gave: a name, a folder, a `telemetry.yaml`. */
export interface CharmSource {
  /** @throws OrreryError `CHARM_NOT_FOUND`, `CHARM_INVALID`. */
  readonly load: (reference: string) => Promise<RunnableCharm>;
}
