/** What an Alertmanager can do, and where it finds its files. */
export interface AlertmanagerCapabilities {
  /** Such as `0.31.1`; 0.25 is the oldest supported. */
  readonly version: string;
  /** The container in which it runs: what is expected is asked there. */
  readonly container: string;
  /** Absolute folder of the configuration: Alertmanager resolves not every path against it. */
  readonly folder: string;
  /** Path of amtool, which judges the configuration before it goes live. */
  readonly amtool: string;
}

/** Says whether the minor of a version `0.x` is at least another; an unknown version is taken for the oldest. */
export function hasMinor(version: string, least: number): boolean {
  const [, major = "0", minor = "25"] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > 0 || Number(minor) >= least;
}

/** Flag by which counts tell receivers apart; absent where the version does not know it. */
export function featureFlags(version: string): readonly string[] {
  return hasMinor(version, 27) ? ["--enable-feature=receiver-name-in-metrics"] : [];
}
