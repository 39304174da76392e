import type { PublicationCounters } from "../substrate/substrate.ts";

/** Exact counts of what the engine has done since its start, to prove that cost follows the change. */
export interface EngineCounters extends Record<keyof PublicationCounters, number> {
  /** Charms run. */
  reconciles: number;
  /** Relations decoded by charms, where their runners count. */
  decodes: number;
  /** Bags whose content changed. */
  bagWrites: number;
  /** Rows that the store was given. */
  rowsWritten: number;
  /** Outcomes that the substrate was given. */
  applies: number;
  placements: number;
  removals: number;
}

/** Counters at nought. */
export function noCounts(): EngineCounters {
  return {
    reconciles: 0,
    decodes: 0,
    bagWrites: 0,
    rowsWritten: 0,
    applies: 0,
    placements: 0,
    removals: 0,
    filesWritten: 0,
    bytesWritten: 0,
    filesRemoved: 0,
    filesChecked: 0,
    reloads: 0,
    restarts: 0,
  };
}

/** What was counted between two moments. */
export function countsBetween(
  before: Readonly<EngineCounters>,
  after: Readonly<EngineCounters>,
): EngineCounters {
  const counts = noCounts();
  for (const name of countNames()) counts[name] = after[name] - before[name];
  return counts;
}

/** The counters' names, for those who show them. */
export function countNames(): readonly (keyof EngineCounters)[] {
  return Object.keys(noCounts()) as (keyof EngineCounters)[];
}
