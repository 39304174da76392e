import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Decoded, ScrapeJob, ScrapeTarget } from "@orrery/telemetry";
import { formatTargetAddress, parseTargetAddress } from "@orrery/telemetry";
import type { Topology } from "@orrery/topology";
import { IDENTITY_LABELS, isIdentityLabel } from "@orrery/topology";
import { inServer, instanceOf, targetIdentity } from "./identity-steps.ts";

/** One target as Prometheus discovers it from a file, and whose it is. */
export interface CompiledTarget {
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly of: Topology;
}

const LABEL = /^[a-zA-Z_]\w*$/;

/** Makes a job's targets, in order of address: the author's labels first, then the identity. */
export function compileTargets(
  job: ScrapeJob,
  identity: Topology,
  as: { readonly label: string; readonly prefix?: string | undefined },
): Decoded<readonly CompiledTarget[]> {
  const problems: Problem[] = [];
  const perUnit = new Map<string, number>();
  for (const { unit = "" } of job.targets) perUnit.set(unit, (perUnit.get(unit) ?? 0) + 1);
  const found = new Map<string, CompiledTarget>();
  for (const target of job.targets) {
    const parsed = parseTargetAddress(target.address);
    if ("refused" in parsed) {
      const message = `target ${JSON.stringify(target.address)} ${parsed.refused}`;
      problems.push(problem("SCRAPE_TARGET_REFUSED", { message, origin: job.origin }));
      continue;
    }
    const address = formatTargetAddress(parsed);
    const author = authorLabels(target, job, as.prefix);
    problems.push(...author.problems);
    const of = {
      ...(target.identity ?? identity),
      ...(target.unit === undefined ? {} : { unit: target.unit }),
    };
    const several = (perUnit.get(target.unit ?? "") ?? 0) > 1;
    const instance = target.unit === undefined ? undefined : instanceOf(of, several ? address : undefined);
    const labels = {
      job: as.label,
      ...author.value,
      ...targetIdentity(of, instance, as.prefix),
      ...(target.pathPrefix ? { __metrics_path__: target.pathPrefix + job.path } : {}),
    };
    found.set(`${address} ${JSON.stringify(labels)}`, { address, labels, of });
  }
  const value = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return { value, problems };
}

function authorLabels(
  target: ScrapeTarget,
  job: ScrapeJob,
  prefix: string | undefined,
): Decoded<Readonly<Record<string, string>>> {
  const identity = IDENTITY_LABELS.map((label) => inServer(label, prefix));
  const value: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(target.labels)) {
    if (LABEL.test(name) && !name.startsWith("__") && !isIdentityLabel(name) && !identity.includes(name))
      value[name] = text;
    else {
      const message = `label ${JSON.stringify(name)} of target ${target.address} is not the author's to write`;
      problems.push(problem("SCRAPE_LABEL_REFUSED", { message, origin: job.origin }));
    }
  }
  return { value, problems };
}
