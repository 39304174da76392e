import type { SourceName } from "./progress/progress-event.ts";

/** A program that is there and runs. */
export interface Installed {
  /** The name by which it was asked for. */
  readonly name: string;
  /** The version that it tells, else its package's, else `unknown`. */
  readonly version: string;
  /** Where it came from first: a program from the cache names the source that filled the cache. */
  readonly source: SourceName;
  /** Absolute path of the main binary. */
  readonly path: string;
  /** Absolute path of the folder that holds it: its own in the cache, else the one of the binary. */
  readonly folder: string;
  /** Absolute path of each binary by name, such as `runsvdir`, `runsv`, `sv` and `chpst` of runit. */
  readonly binaries: Readonly<Record<string, string>>;
  /** What a person should know: what this build lacks, which better-placed source did not do and why. */
  readonly notes: readonly string[];
}
