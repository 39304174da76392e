import { fileURLToPath } from "node:url";
import type { Bag } from "@orrery/charm";
import { pythonEnvironment } from "./python-environment.ts";
import { runToEnd } from "./run-to-end.ts";

const SCRIPT = fileURLToPath(new URL("scenario/run.py", import.meta.url));

/** One event for one unit of a Python charm, and all that it sees. */
export interface ScenarioRun {
  /** Name of a folder in `charms/`. */
  readonly charm: string;
  readonly application: string;
  /** 0 when absent. */
  readonly unit?: number;
  /** `true` when absent. */
  readonly leader?: boolean;
  /** Where the unit is reached; 10.1.7.20 when absent. */
  readonly address?: string;
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  /** An event of the relation, such as `relation-changed`. */
  readonly event: string;
  readonly relation: {
    readonly endpoint: string;
    readonly id: number;
    /** The application on the other side. */
    readonly application: string;
    readonly remoteApplication?: Bag;
    /** By number; one unit with an empty bag when absent. */
    readonly remoteUnits?: Readonly<Record<number, Bag>>;
    readonly localApplication?: Bag;
    readonly localUnit?: Bag;
  };
}

/** What a unit's bags hold after an event, and what its charm says. */
export interface ScenarioResult<Report> {
  readonly application: Bag;
  readonly unit: Bag;
  readonly status: { readonly status: string; readonly message: string };
  /** What the charm's library made of the relation, as the charm's `report()` tells it. */
  readonly report: Report;
}

/** The model of every run, as `cosl` demands it: its UUID is one of version 4. */
export const MODEL: { readonly name: string; readonly uuid: string } = {
  name: "obs",
  uuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
};

/**
 * Runs a real Python charm on one event, under ops' Scenario.
 *
 * @throws Error with what Python printed when the charm fails, or Scenario finds that the event could not be.
 */
export async function runScenario<Report>(asked: ScenarioRun): Promise<ScenarioResult<Report>> {
  const { python } = await pythonEnvironment();
  const filled = { unit: 0, leader: true, address: "10.1.7.20", config: {}, model: MODEL, ...asked };
  const ran = await runToEnd(python, [SCRIPT], { env: process.env, input: JSON.stringify([filled]) });
  if (ran.failure !== undefined) throw new Error(`${asked.charm} on ${asked.event}: ${ran.failure}`);
  const [result]: readonly [ScenarioResult<Report>] = JSON.parse(ran.stdout);
  return result;
}
