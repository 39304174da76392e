import { quote } from "@orrery/databag";
import { formatTargetAddress, parseTargetAddress } from "@orrery/telemetry";
import type { ScrapeTarget, TargetAddress } from "@orrery/telemetry";
import type { WireStaticConfig } from "../wire/wire-job.ts";
import type { JobReport } from "./job-report.ts";
import { readLabels } from "./read-labels.ts";
import type { LabelOwner, TargetLabels } from "./read-labels.ts";
import type { UnitHost } from "./unit-hosts.ts";

/** What targets are read against. */
export interface TargetScope extends LabelOwner {
  /** Units that wildcards stand for; none where targets are taken as they are written. */
  readonly hosts: readonly UnitHost[];
  /** Whether wildcards stand for units: only where the other side sent its metadata. */
  readonly wildcards: boolean;
  /** What may be scraped, for messages. */
  readonly granted: readonly string[];
  readonly isGranted: (address: TargetAddress) => boolean;
  /** What the relation's jobs may still come to. */
  readonly budget: TargetBudget;
}

/** How much the targets of a relation may come to, each counted with its labels: wildcards multiply. */
export interface TargetBudget {
  /** Bytes. */
  left: number;
}

/** The most that one job's targets may come to: 1 MiB, which is some 16 000 targets without labels. */
const MAX_JOB_BYTES = 1024 * 1024;
/** What a target counts beside its labels. */
const TARGET_BYTES = 64;

/** Gives a relation's whole budget: 2 MiB. */
export function targetBudget(): TargetBudget {
  return { left: 2 * 1024 * 1024 };
}

/** Expands and checks the targets of a job: wildcards become one target a unit, and each must have been granted. */
export function readTargets(
  configs: readonly WireStaticConfig[],
  scope: TargetScope,
  report: JobReport,
): readonly ScrapeTarget[] {
  const read = configs.flatMap(({ targets = [], labels = {} }) => {
    const taken = readLabels(labels, scope, report);
    return taken ? [{ targets, taken, key: JSON.stringify(taken) }] : [];
  });
  const bytes = read.reduce(
    (sum, one) => sum + countOf(one.targets, scope) * (TARGET_BYTES + one.key.length),
    0,
  );
  if (bytes > Math.min(MAX_JOB_BYTES, scope.budget.left)) {
    report.refuse("SCRAPE_JOB_INVALID", "static_configs come to more targets and labels than are taken");
    return [];
  }
  scope.budget.left -= bytes;
  // The same target under the same labels, given twice, would be scraped twice.
  const byLabels = new Map<string, Map<string, ScrapeTarget>>();
  for (const { targets, taken, key } of read) {
    const found = byLabels.get(key) ?? new Map<string, ScrapeTarget>();
    byLabels.set(key, found);
    for (const { text, host } of targets.flatMap((one) => expand(one, scope))) {
      const address = admitted(text, scope, report);
      if (address === undefined) continue;
      const by = host ?? scope.hosts.find((one) => one.address === address.host || one.fqdn === address.host);
      const written = formatTargetAddress(address);
      found.set(`${written} ${by?.unit ?? ""}`, target(written, taken, by));
    }
  }
  return [...byLabels.values()].flatMap((found) => [...found.values()]);
}

function target(
  address: string,
  { labels, identity, unit: labelled }: TargetLabels,
  by: UnitHost | undefined,
): ScrapeTarget {
  const unit = labelled ?? by?.unit;
  return {
    address,
    ...(unit === undefined ? {} : { unit }),
    ...(by === undefined || by.pathPrefix === "" ? {} : { pathPrefix: by.pathPrefix }),
    ...(identity === undefined ? {} : { identity }),
    labels,
  };
}

function countOf(targets: readonly string[], scope: TargetScope): number {
  return targets.reduce((sum, text) => sum + (isWildcard(text, scope) ? scope.hosts.length : 1), 0);
}

/** Peers take whatever begins with an asterisk for a wildcard. */
function isWildcard(text: string, scope: TargetScope): boolean {
  return scope.wildcards && text.startsWith("*");
}

function expand(
  text: string,
  scope: TargetScope,
): readonly { readonly text: string; readonly host?: UnitHost }[] {
  if (!isWildcard(text, scope)) return [{ text }];
  return scope.hosts.map((host) => ({
    text: text.replaceAll("*", formatTargetAddress({ host: host.address })),
    host,
  }));
}

function admitted(text: string, scope: TargetScope, report: JobReport): TargetAddress | undefined {
  const address = parseTargetAddress(text);
  if ("refused" in address) {
    report.leaveOut("SCRAPE_TARGET_REFUSED", `target ${quote(text)} ${address.refused}`);
    return undefined;
  }
  if (address.port === undefined) {
    report.leaveOut("SCRAPE_TARGET_REFUSED", `target ${quote(text)} has no port`);
    return undefined;
  }
  if (!scope.isGranted(address)) {
    const granted = scope.granted.slice(0, 5).join(", ") || "nothing";
    report.leaveOut("SCRAPE_TARGET_REFUSED", `target ${quote(text)} is outside what was granted: ${granted}`);
    return undefined;
  }
  return address;
}
