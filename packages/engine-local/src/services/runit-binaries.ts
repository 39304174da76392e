import { OrreryError } from "@orrery/problems";

/** The binaries of runit that the supervisor's scripts name; absolute paths. */
export interface RunitBinaries {
  readonly runsvdir: string;
  readonly chpst: string;
  readonly svlogd: string;
}

/** Picks them out of what was found of runit. @throws OrreryError `SUPERVISOR_UNAVAILABLE` when one is missing. */
export function runitOf(binaries: Readonly<Record<string, string>>): RunitBinaries {
  const { runsvdir, chpst, svlogd } = binaries;
  if (runsvdir && chpst && svlogd) return { runsvdir, chpst, svlogd };
  throw new OrreryError("SUPERVISOR_UNAVAILABLE", "runit lacks runsvdir, chpst or svlogd");
}
