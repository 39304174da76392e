import type { SecretView } from "@orrery/charm";

/** What a Prometheus can do and allows, and whom its files are for. */
export interface PrometheusCapabilities {
  /** Such as `3.16.0`; 2.42 is the oldest supported. */
  readonly version: string;
  /** The container in which it runs: what is expected is asked there. */
  readonly container: string;
  /** Path of promtool, which judges rule files and jobs before they go live. */
  readonly promtool: string;
  /** `strict`: rules may name their own identity alone. `compatible`: foreign charms' own scoping stays, and is reported. */
  readonly ruleScoping: "strict" | "compatible";
  /** The server's own interval, as a Prometheus duration. */
  readonly scrapeInterval: string;
  readonly limits: ScrapeLimits;
  /** PEM certificates by which https targets are verified whose job brings none of its own; the machine's own when absent. */
  readonly trusted?: string;
  /** Reads a secret that may be used on the contributor's behalf; jobs that name secrets are left out when absent. */
  readonly secret?: (uri: string) => Pick<SecretView, "content"> | undefined;
  /** What the names of identity labels start with in this server; `juju_` when absent. */
  readonly labelPrefix?: string;
}

/** What one scrape may bring at most; a scrape past a limit fails as a whole. */
export interface ScrapeLimits {
  /** Samples. */
  readonly samples: number;
  /** Labels of one sample, those of its target included. */
  readonly labels: number;
  /** UTF-8 bytes of a label's name. */
  readonly labelName: number;
  /** UTF-8 bytes of a label's value. */
  readonly labelValue: number;
  /** Targets of one job. */
  readonly targets: number;
  /** Uncompressed answer, as Prometheus writes sizes: `64MB`. */
  readonly body: string;
}

/** Limits that fit a product of ordinary size. */
export const SCRAPE_LIMITS: ScrapeLimits = {
  samples: 50_000,
  labels: 64,
  labelName: 256,
  labelValue: 4096,
  targets: 1000,
  body: "64MB",
};

/** Says whether a version such as `3.16.0` or `2.42.0+ds` is at least another one; an unknown version is taken for the oldest. */
export function isAtLeast(version: string, least: string): boolean {
  const [major = 2, minor = 42] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(least);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function numbers(version: string): readonly number[] {
  const found = /^v?(\d+)\.(\d+)/.exec(version);
  return found ? found.slice(1).map(Number) : [];
}
