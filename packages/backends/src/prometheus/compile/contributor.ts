import type { Compiled, Expectation, FileOutcome } from "@orrery/charm";
import type { Origin, Problem } from "@orrery/problems";
import type { RenderedRuleGroup } from "@orrery/rules";
import type { ScrapeJob, Telemetry } from "@orrery/telemetry";
import { identifier } from "@orrery/topology";
import { yamlJson } from "../../writing/yaml-json.ts";
import { sha256 } from "../../judging/rejections.ts";
import type { PrometheusCapabilities } from "../capabilities.ts";
import type { CompiledJob, ScrapeConfig } from "./compile-job.ts";
import { compileJob, targetFile } from "./compile-job.ts";
import { compileRules, nameOf } from "./compile-rules.ts";
import { ruleFile } from "./rule-file.ts";
import { SecretFiles } from "./secret-file.ts";

/** One job for the main file. */
export interface ContributedJob {
  readonly config: ScrapeConfig;
  /** Path of the file by which promtool judges it, where it holds what only Prometheus can judge, such as regular expressions. */
  readonly judged?: string;
}

/** One contributor's share in a Prometheus: its own files, and its jobs for the main file. */
export interface PrometheusContribution extends Compiled {
  readonly jobs: readonly ContributedJob[];
  /** How many rules went out. */
  readonly rules: number;
}

/**
 * Compiles what one contributor emits.
 *
 * Files: `targets/<key>/<digest>.json`, watched by Prometheus; `rules/<key>.json`, judged by promtool; `secrets/<key>/<digest>`, 0600, read at each scrape;
 * and `jobs/<key>/<digest>.json`, which only promtool reads.
 * No other contributor changes a byte of them, and job names hold the key, so that they clash with nobody's.
 *
 * @param key - Fit for a file name, and unique in the server.
 */
export function contributor(key: string, one: Telemetry, to: PrometheusCapabilities): PrometheusContribution {
  const secrets = new SecretFiles(key);
  const losses: Problem[] = [];
  const jobs: CompiledJob[] = [];
  const targetPath = (jobName: string): string => `targets/${key}/${sha256(jobName)}.json`;
  for (const [scrape, label] of jobLabels(one)) {
    const compiled = compileJob(scrape, {
      key,
      label,
      identity: one.identity,
      addFile: secrets.ofJob(label),
      to,
      path: targetPath,
    });
    losses.push(...compiled.problems);
    if (compiled.job) jobs.push(compiled.job);
  }
  const origin: Origin = { application: one.identity.application };
  const rules = compileRules(one, to, { origin });
  losses.push(...rules.problems);
  const path = `rules/${key}.json`;
  return {
    files: {
      ...Object.fromEntries(jobs.map((job) => [job.path, targetFile(job, key)])),
      ...(rules.value.length === 0 ? {} : { [path]: ruleFile(rules.value, key, { to, origin }) }),
      ...Object.fromEntries(
        jobs.filter(isJudged).map((job) => [judgedPath(job, key), jobFile(job, key, to)]),
      ),
      ...secrets.files,
    },
    expectations: [
      ...jobs.flatMap((job) => expectTargets(job, to)),
      ...rules.value.flatMap((group) => expectRules(group, path, { to, origin })),
    ],
    losses,
    jobs: jobs.map((job) => ({
      config: job.config,
      ...(isJudged(job) ? { judged: judgedPath(job, key) } : {}),
    })),
    rules: rules.value.reduce((sum, group) => sum + group.rules.length, 0),
  };
}

/** The contributor's jobs, each with the label `job` of what is scraped, which no two of them share. */
export function jobLabels(one: Telemetry): readonly (readonly [ScrapeJob, string])[] {
  const names = new Set<string>();
  return one.scrapes.map((scrape) => {
    const base = `juju_${identifier(one.identity)}_prometheus_scrape`;
    let label = scrape.name === "" ? base : `${base}_${scrape.name}`;
    while (names.has(label)) label = `${label}_again`;
    names.add(label);
    return [scrape, label];
  });
}

interface On {
  readonly to: Pick<PrometheusCapabilities, "container">;
  readonly origin: Origin;
}

/** All else in a job is ours, or was looked at. */
function isJudged({ source }: CompiledJob): boolean {
  const { authorization, metricRelabelings = [], params, relabelings = [], tls } = source;
  return (
    relabelings.length + metricRelabelings.length > 0 ||
    [authorization, params, tls].some((part) => part !== undefined)
  );
}

function judgedPath({ config }: CompiledJob, key: string): string {
  return `jobs/${key}/${sha256(config.job_name)}.json`;
}

function jobFile({ config, source }: CompiledJob, key: string, to: PrometheusCapabilities): FileOutcome {
  return {
    content: `${yamlJson({ scrape_configs: [config] })}\n`,
    onChange: "reload",
    check: { command: [to.promtool, "check", "config", "--syntax-only", "{}"] },
    contributor: key,
    origin: source.origin,
  };
}

/** A job's targets, as they should be found in the server. */
export function expectTargets(
  { config, targets }: Pick<CompiledJob, "config" | "targets">,
  to: Pick<PrometheusCapabilities, "container">,
): readonly Expectation[] {
  return targets.map(({ address, of }) => ({
    signal: "metrics",
    kind: "target",
    name: `${config.job_name} ${address}`,
    application: of.application,
    ...(of.unit === undefined ? {} : { unit: of.unit }),
    container: to.container,
    match: { pool: config.job_name, address },
  }));
}

/** A group's rules, as they should be found in the server. */
export function expectRules(
  group: RenderedRuleGroup,
  file: string,
  { to, origin }: On,
): readonly Expectation[] {
  const names = new Set<string>();
  return group.rules.map((rule, index) => {
    const again = names.has(nameOf(rule)) ? `#${index}` : "";
    names.add(nameOf(rule));
    return {
      signal: "rules",
      kind: "rule",
      name: `${group.name}/${nameOf(rule)}${again}`,
      application: origin.application ?? "",
      container: to.container,
      match: { file, group: group.name, rule: nameOf(rule), index: String(index) },
    };
  });
}
