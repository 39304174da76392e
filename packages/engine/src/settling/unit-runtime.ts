import type { Outcome } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import type { CharmRunner } from "../charm-source/charm-source.ts";
import type { Core } from "../core.ts";
import type { ContainerObservation } from "../substrate/substrate.ts";
import { RelationVersions } from "./relation-versions.ts";

/** What is known of a unit beside its rows; made again at each start. */
export interface UnitRuntime {
  readonly versions: RelationVersions;
  runner?: CharmRunner;
  /** What told the view apart from others when the charm last answered well. */
  viewKey?: string;
  /** The last good outcome. */
  outcome?: Outcome;
  /** What the substrate was last told, so that only what differs is told again. */
  told?: Outcome["containers"];
  observation?: Readonly<Record<string, ContainerObservation>>;
  /** What the last run found. */
  problems: readonly Problem[];
}

/** A unit's runtime, made when first asked for. */
export function runtimeOf(core: Core, unit: string): UnitRuntime {
  const found = core.runtimes.get(unit);
  if (found) return found;
  const made: UnitRuntime = { versions: new RelationVersions(), problems: [] };
  core.runtimes.set(unit, made);
  return made;
}
