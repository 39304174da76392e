import type { PyJson } from "@orrery/databag";
import type { Credential, Relabeling, ScrapeJob, ScrapeTarget } from "@orrery/telemetry";
import { writeSecretText } from "./secret-text.ts";

/** Under which key of `tls_config` the certificates go: Prometheus charms read `ca_file`, collectors `ca`. */
export type CaKey = "ca_file" | "ca";

/** Writes a job as peers do: `metrics_path` and `static_configs` first. Secrets by reference go out as the texts of their URIs. */
export function encodeJob(job: ScrapeJob, caKey: CaKey): PyJson {
  return {
    metrics_path: job.path,
    static_configs: staticConfigs(job.targets),
    ...(job.name === "" ? {} : { job_name: job.name }),
    ...(job.interval === undefined ? {} : { scrape_interval: job.interval }),
    ...(job.timeout === undefined ? {} : { scrape_timeout: job.timeout }),
    ...(job.scheme === "http" ? {} : { scheme: job.scheme }),
    ...(job.params === undefined ? {} : { params: job.params }),
    ...(job.sampleLimit === undefined ? {} : { sample_limit: job.sampleLimit }),
    ...(job.relabelings === undefined ? {} : { relabel_configs: job.relabelings.map(relabeling) }),
    ...(job.metricRelabelings === undefined
      ? {}
      : { metric_relabel_configs: job.metricRelabelings.map(relabeling) }),
    ...authorization(job),
    ...(job.tls === undefined
      ? {}
      : {
          tls_config: {
            [caKey]: job.tls.ca,
            server_name: job.tls.serverName,
            insecure_skip_verify: job.tls.insecureSkipVerify,
          },
        }),
  };
}

/** Targets with the same labels share one static config; one that is known to be a certain unit is labelled so. */
function staticConfigs(targets: readonly ScrapeTarget[]): readonly PyJson[] {
  const groups = new Map<
    string,
    { readonly targets: string[]; readonly labels: Readonly<Record<string, string>> }
  >();
  for (const { address, unit, labels: given } of targets) {
    const labels = unit === undefined ? given : { ...given, juju_unit: unit };
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { targets: [], labels };
    group.targets.push(address);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({
    targets: group.targets,
    ...(Object.keys(group.labels).length === 0 ? {} : { labels: group.labels }),
  }));
}

function authorization({ authorization: given }: ScrapeJob): { readonly [key: string]: PyJson } {
  if (given === undefined) return {};
  if (given.kind === "basic") {
    return { basic_auth: { username: given.username, password: credentialText(given.password) } };
  }
  return { authorization: { type: given.type, credentials: credentialText(given.credentials) } };
}

function credentialText(credential: Credential): string {
  return "inline" in credential ? credential.inline : writeSecretText(credential);
}

function relabeling(step: Relabeling): PyJson {
  return {
    source_labels: step.sourceLabels,
    separator: step.separator,
    target_label: step.targetLabel,
    regex: step.regex,
    modulus: step.modulus,
    replacement: step.replacement,
    action: step.action,
  };
}
