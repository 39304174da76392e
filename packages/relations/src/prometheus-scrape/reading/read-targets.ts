import { quote } from "@orrery/databag";
import { formatTargetAddress, isGranted, parseTargetAddress } from "@orrery/telemetry";
import type { ScrapeTarget } from "@orrery/telemetry";
import type { WireStaticConfig } from "../wire/wire-job.ts";
import type { JobReport } from "./job-report.ts";
import { readLabels } from "./read-labels.ts";
import type { LabelOwner } from "./read-labels.ts";
import type { UnitHost } from "./unit-hosts.ts";

/** What targets are read against. */
export interface TargetScope extends LabelOwner {
  /** Units that wildcards stand for; none where targets are taken as they are written. */
  readonly hosts: readonly UnitHost[];
  /** Whether wildcards stand for units: only where the other side sent its metadata. */
  readonly wildcards: boolean;
  readonly granted: readonly string[];
}

/** Expands and checks the targets of a job: wildcards become one target a unit, and each must have been granted. */
export function readTargets(
  configs: readonly WireStaticConfig[],
  scope: TargetScope,
  report: JobReport,
): readonly ScrapeTarget[] {
  const targets = new Map<string, ScrapeTarget>();
  for (const { targets: texts = [], labels = {} } of configs) {
    const read = readLabels(labels, scope, report);
    if (!read) continue;
    for (const { text, host } of texts.flatMap((one) => expand(one, scope))) {
      const address = admitted(text, scope, report);
      if (address === undefined) continue;
      const by = host ?? scope.hosts.find((one) => one.address === address.host || one.fqdn === address.host);
      const unit = read.unit ?? by?.unit;
      const target: ScrapeTarget = {
        address: formatTargetAddress(address),
        ...(unit === undefined ? {} : { unit }),
        ...(by === undefined || by.pathPrefix === "" ? {} : { pathPrefix: by.pathPrefix }),
        ...(read.identity === undefined ? {} : { identity: read.identity }),
        labels: read.labels,
      };
      // The same target under the same labels, given twice, would be scraped twice.
      targets.set(JSON.stringify(target), target);
    }
  }
  return [...targets.values()];
}

/** Peers take whatever begins with an asterisk for a wildcard, and put the unit's address for each asterisk. */
function expand(
  text: string,
  scope: TargetScope,
): readonly { readonly text: string; readonly host?: UnitHost }[] {
  if (!text.startsWith("*") || !scope.wildcards) return [{ text }];
  return scope.hosts.map((host) => ({
    text: text.replaceAll("*", formatTargetAddress({ host: host.address })),
    host,
  }));
}

function admitted(
  text: string,
  scope: TargetScope,
  report: JobReport,
): { readonly host: string; readonly port: number } | undefined {
  const address = parseTargetAddress(text);
  if ("refused" in address) {
    report.leaveOut("SCRAPE_TARGET_REFUSED", `target ${quote(text)} ${address.refused}`);
    return undefined;
  }
  if (address.port === undefined) {
    report.leaveOut("SCRAPE_TARGET_REFUSED", `target ${quote(text)} has no port`);
    return undefined;
  }
  if (!isGranted(address, scope.granted)) {
    const granted = scope.granted.slice(0, 5).join(", ") || "nothing";
    report.leaveOut("SCRAPE_TARGET_REFUSED", `target ${quote(text)} is outside what was granted: ${granted}`);
    return undefined;
  }
  return { host: address.host, port: address.port };
}
