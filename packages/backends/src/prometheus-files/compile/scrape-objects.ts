import type { Expectation, ExternalObject } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { counted, problem } from "@orrery/problems";
import type { ScrapeJob, Telemetry } from "@orrery/telemetry";
import { sha256 } from "../../judging/rejections.ts";
import type { PrometheusCapabilities } from "../../prometheus/capabilities.ts";
import type { CompiledJob } from "../../prometheus/compile/compile-job.ts";
import { compileJob } from "../../prometheus/compile/compile-job.ts";
import { expectTargets, jobLabels } from "../../prometheus/compile/contributor.ts";
import { LOADED_LABEL, markedText, markedYaml } from "../marked.ts";
import { objectKey } from "../object-kind.ts";
import type { FilesTarget } from "./files-target.ts";
import type { TargetLabels } from "./overlaps.ts";
import { refuseJob } from "./refuse-job.ts";
import { targetGroups } from "./target-groups.ts";

/** Digits of a digest that names hold: enough for a contributor's few files. */
const DIGITS = 12;

/** A contributor's jobs and targets as files. */
export interface ScrapeObjects {
  readonly objects: Readonly<Record<string, ExternalObject>>;
  readonly expectations: readonly Expectation[];
  /** What the targets bear in the server. */
  readonly targets: readonly TargetLabels[];
  readonly problems: readonly Problem[];
}

/**
 * Makes the files by which a server scrapes a contributor: one with its jobs, each named by its content too, so that a job that is
 * listed is known to be this one; and one with the targets of each job, which the server watches.
 *
 * Where jobs cannot be carried there are only the targets, with all that a target can say of its job.
 */
export function scrapeObjects(key: string, one: Telemetry, to: FilesTarget): ScrapeObjects {
  const { carries, scrapeInterval, scrapeTimeout } = to.capabilities;
  const server: PrometheusCapabilities = {
    version: to.capabilities.version,
    container: to.system,
    promtool: "",
    ruleScoping: to.ruleScoping,
    scrapeInterval,
    limits: to.limits,
    labelPrefix: to.labelPrefix,
  };
  const objects: Record<string, ExternalObject> = {};
  const problems: Problem[] = [];
  const file = (name: string, content: string, summary: string): void => {
    objects[name] = { stage: "targets", content, contributor: key, summary };
  };
  const certificate = (content: string): string => {
    const name = objectKey("ca", `${key}-${sha256(content).slice(0, DIGITS)}`);
    file(name, markedText(to.mark, content.endsWith("\n") ? content : `${content}\n`), "certificates");
    return name;
  };
  const jobs = jobLabels(one).flatMap(([job, label]): CompiledJob[] => {
    const refusal = refuseJob(job, carries);
    if (refusal !== undefined) {
      problems.push(
        problem("EXTERNAL_JOB_NOT_CARRIED", {
          message: `scrape job ${nameOf(job)} ${refusal}`,
          origin: job.origin,
        }),
      );
      return [];
    }
    const compiled = compileJob(job, {
      key,
      label,
      identity: one.identity,
      addFile: certificate,
      to: server,
      path: (jobName) =>
        objectKey(carries === "jobs" ? "sd" : "targets", `${key}-${sha256(jobName).slice(0, DIGITS)}`),
    });
    problems.push(...compiled.problems);
    return compiled.job ? [compiled.job] : [];
  });
  const named = jobs.map((job) =>
    carries === "jobs" ? namedByContent(job) : ofTheirJob(job, to.capabilities.targetJob),
  );
  for (const job of named) {
    const timing = {
      interval: scrapeInterval,
      timeout: carries === "jobs" ? scrapeTimeout : to.capabilities.targetTimeout,
    };
    const groups = targetGroups(job, { carries, timing, labelPrefix: to.labelPrefix });
    const loaded = `${to.mark} ${sha256(JSON.stringify(groups)).slice(0, DIGITS)}`;
    const marked = groups.map(({ targets, labels }) => ({
      targets,
      labels: { ...labels, [LOADED_LABEL]: loaded },
    }));
    file(job.path, markedYaml(to.mark, marked), counted(marked.length, "target"));
  }
  if (carries === "jobs" && named.length > 0) {
    const content = markedYaml(to.mark, { scrape_configs: named.map(({ config }) => config) });
    file(objectKey("scrape", key), content, counted(named.length, "job"));
  }
  return {
    objects,
    expectations: named.flatMap((job) => expectTargets(job, { container: to.system })),
    targets: named.flatMap(({ targets }) => targets.map(({ labels }) => labels)),
    problems,
  };
}

/** A changed job is another one to the server, which shows no more of it than its name. */
function namedByContent(job: CompiledJob): CompiledJob {
  const { job_name: name, ...config } = {
    ...job.config,
    file_sd_configs: [{ files: [job.path], refresh_interval: "30s" }],
  };
  return {
    ...job,
    config: { job_name: `${name}/${sha256(JSON.stringify(config)).slice(0, DIGITS)}`, ...config },
  };
}

function ofTheirJob(job: CompiledJob, theirs: string): CompiledJob {
  return { ...job, config: { ...job.config, job_name: theirs } };
}

function nameOf({ name }: ScrapeJob): string {
  return name === "" ? "(its only one)" : name;
}
