import type { FileOutcome } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { ScrapeJob } from "@orrery/telemetry";
import type { Topology } from "@orrery/topology";
import type { PrometheusCapabilities } from "../capabilities.ts";
import { isAtLeast } from "../capabilities.ts";
import { compileAuthorization } from "./compile-authorization.ts";
import { compileRelabelings } from "./compile-relabelings.ts";
import type { CompiledTarget } from "./compile-targets.ts";
import { compileTargets } from "./compile-targets.ts";
import { compileTiming } from "./compile-timing.ts";
import { identitySteps } from "./identity-steps.ts";
import type { AddSecretFile } from "./secret-file.ts";

/** A scrape job as Prometheus's configuration has it. */
export interface ScrapeConfig {
  /** Unique in the server: the label `job` and the contributor's key. */
  readonly job_name: string;
  readonly [key: string]: unknown;
}

/** One job on its way: its part of the main file, and the targets that Prometheus watches by itself. */
export interface CompiledJob {
  readonly config: ScrapeConfig;
  readonly path: string;
  readonly targets: readonly CompiledTarget[];
  readonly source: ScrapeJob;
}

/** What {@link compileJob} takes beside the job. */
export interface CompileJobOptions {
  readonly key: string;
  /** The label `job` of what is scraped. */
  readonly label: string;
  readonly identity: Topology;
  /** Takes what the job has to name by a path. */
  readonly addFile: AddSecretFile;
  readonly to: PrometheusCapabilities;
  /** Path of the file with its targets. */
  readonly path: (jobName: string) => string;
}

/** Rebuilds one job from what is allowed; a job that cannot go out is absent, with the reason among the problems. */
export function compileJob(
  job: ScrapeJob,
  options: CompileJobOptions,
): { readonly job?: CompiledJob; readonly problems: readonly Problem[] } {
  const { addFile, key, label, identity, to } = options;
  const prefix = to.labelPrefix;
  const refusal = refuse(job);
  if (refusal !== undefined) {
    return {
      problems: [problem("SCRAPE_JOB_REFUSED", { message: `scrape job ${refusal}`, origin: job.origin })],
    };
  }
  const timing = compileTiming(job, to.scrapeInterval);
  const authorization = compileAuthorization(job, addFile, to);
  const targets = compileTargets(job, identity, { label, prefix });
  const relabelings = compileRelabelings(job.relabelings ?? [], { phase: "target", origin: job.origin });
  const metricRelabelings = compileRelabelings(job.metricRelabelings ?? [], {
    phase: "metric",
    origin: job.origin,
  });
  const samples = limitSamples(job, to.limits.samples);
  const problems = [timing, authorization, targets, relabelings, metricRelabelings, samples].flatMap(
    (part) => part.problems,
  );
  if (!authorization.keys) return { problems };
  const jobName = `${label}/${key}`;
  const path = options.path(jobName);
  const config: ScrapeConfig = {
    job_name: jobName,
    honor_labels: false,
    scheme: job.scheme,
    metrics_path: job.path,
    ...(job.params === undefined ? {} : { params: job.params }),
    ...timing.value,
    ...(isAtLeast(to.version, "3.0") ? { fallback_scrape_protocol: "PrometheusText0.0.4" } : {}),
    ...authorization.keys,
    follow_redirects: false,
    sample_limit: samples.value,
    label_limit: to.limits.labels,
    label_name_length_limit: to.limits.labelName,
    label_value_length_limit: to.limits.labelValue,
    target_limit: to.limits.targets,
    body_size_limit: to.limits.body,
    file_sd_configs: [{ files: [path] }],
    relabel_configs: [...relabelings.value, ...identitySteps(prefix)],
    ...(metricRelabelings.value.length === 0 ? {} : { metric_relabel_configs: metricRelabelings.value }),
  };
  return { job: { config, path, targets: targets.value, source: job }, problems };
}

/** A job's targets as the file that Prometheus watches. */
export function targetFile({ targets }: CompiledJob, key: string): FileOutcome {
  const groups = targets.map(({ address, labels }) => ({ targets: [address], labels }));
  return { content: `${JSON.stringify(groups, undefined, 1)}\n`, onChange: "none", contributor: key };
}

function refuse({ path, scheme }: ScrapeJob): string | undefined {
  if (!path.startsWith("/"))
    return `has the path ${JSON.stringify(path)}; allowed are paths that start with /`;
  return scheme === "http" || scheme === "https"
    ? undefined
    : `has the scheme ${JSON.stringify(scheme)}; allowed are http and https`;
}

function limitSamples(
  job: ScrapeJob,
  most: number,
): { readonly value: number; readonly problems: readonly Problem[] } {
  const { sampleLimit } = job;
  if (sampleLimit === undefined) return { value: most, problems: [] };
  if (Number.isSafeInteger(sampleLimit) && sampleLimit > 0 && sampleLimit <= most)
    return { value: sampleLimit, problems: [] };
  const message = `sample limit ${sampleLimit} is not between 1 and ${most}, which is used`;
  return {
    value: most,
    problems: [problem("SCRAPE_VALUE_CHANGED", { message, severity: "warning", origin: job.origin })],
  };
}
