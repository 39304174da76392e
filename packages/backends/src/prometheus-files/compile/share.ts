import type { Expectation, ExternalObject } from "@orrery/charm";
import type { Problem } from "@orrery/problems";

/** One contributor's share in a server of somebody else's. */
export interface FilesShare {
  /** By name of the file. */
  readonly objects: Readonly<Record<string, ExternalObject>>;
  readonly expectations: readonly Expectation[];
  /** What is left out (`error`), changed (`warning`) or carried in another way (`info`). */
  readonly losses: readonly Problem[];
  /** How many rules are carried. */
  readonly rules: number;
  /** How many targets are adopted. */
  readonly adopted: number;
}

/** Puts shares together; no two have a file of one name. */
export function joinShares(shares: readonly FilesShare[]): FilesShare {
  return {
    objects: Object.assign({}, ...shares.map(({ objects }) => objects)),
    expectations: shares.flatMap(({ expectations }) => expectations),
    losses: shares.flatMap(({ losses }) => losses),
    rules: shares.reduce((sum, { rules }) => sum + rules, 0),
    adopted: shares.reduce((sum, { adopted }) => sum + adopted, 0),
  };
}
