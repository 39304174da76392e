import { createHash } from "node:crypto";
import { pyJsonDumps, quote, shape } from "@orrery/databag";
import type { Json } from "@orrery/databag";
import type { Origin, Problem } from "@orrery/problems";
import type { ScrapeJob } from "@orrery/telemetry";
import { isJsonObject, wireJobSchema } from "../wire/wire-job.ts";
import type { WireJob } from "../wire/wire-job.ts";
import { allowedOnly } from "./allowed-keys.ts";
import { JobReport } from "./job-report.ts";
import { durationSeconds } from "@orrery/query";
import type { ScopeMode } from "@orrery/query";
import { readAuthorization, readTls } from "./read-credentials.ts";
import { readPath } from "./read-path.ts";
import { readRelabelings } from "./read-relabelings.ts";
import { readTargets } from "./read-targets.ts";
import type { TargetScope } from "./read-targets.ts";

/** One job that was read: none when it was refused. */
export interface JobRead {
  readonly job?: ScrapeJob;
  /** SHA-256 of what the job was read from, in Python's JSON text, hexadecimal: tells jobs of one name apart. */
  readonly digest: string;
  readonly problems: readonly Problem[];
}

/** What a job is read against. */
export interface JobScope extends TargetScope {
  readonly scoping: ScopeMode;
  readonly origin: Origin;
}

/** No control, format or other invisible characters. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

const checkForm = shape<WireJob>(wireJobSchema);

/** What a job without targets means where the other side sent its metadata. @see `_sanitize_scrape_configuration` upstream. */
const DEFAULT_TARGETS = [{ targets: ["*:80"] }];

/** Rebuilds one job from what it may hold; never throws, and looks at no other job. */
export function readJob(wire: Json, index: number, scope: JobScope): JobRead {
  const given = isJsonObject(wire) ? wire["job_name"] : undefined;
  const name = typeof given === "string" ? given.slice(0, 256) : "";
  const item = name === "" ? { index } : { item: name };
  const report = new JobReport({ ...scope.origin, ...item }, scope.scoping);
  if (!isJsonObject(wire)) {
    report.refuse("SCRAPE_JOB_INVALID", "scrape job is not an object");
    return { digest: "", problems: report.problems };
  }
  const allowed = allowedOnly(wire, report);
  if (report.refused) return { digest: "", problems: report.problems };
  const { value: form, problems } = checkForm(allowed, { code: "SCRAPE_JOB_INVALID", origin: report.origin });
  if (!form) return { digest: "", problems: [...report.problems, ...problems] };
  const job = rebuild(form, scope, report);
  const digest = createHash("sha256").update(pyJsonDumps(allowed)).digest("hex");
  return { ...(report.refused ? {} : { job }), digest, problems: report.problems };
}

function rebuild(form: WireJob, scope: JobScope, report: JobReport): ScrapeJob {
  const path = readPath(form.metrics_path ?? "/metrics");
  if (path === undefined)
    report.refuse("SCRAPE_JOB_INVALID", `metrics_path ${quote(form.metrics_path ?? "")} is no URL path`);
  const params = readParams(form, report);
  const relabelings = readRelabelings(form.relabel_configs, "target", report);
  const metricRelabelings = readRelabelings(form.metric_relabel_configs, "metric", report);
  const authorization = readAuthorization(form, report);
  const tls = readTls(form.tls_config, report);
  const configs = form.static_configs ?? (scope.wildcards ? DEFAULT_TARGETS : []);
  return {
    name: form.job_name ?? "",
    path: path || "/metrics",
    scheme: form.scheme ?? "http",
    ...readTimes(form, report),
    ...(params === undefined ? {} : { params }),
    ...(form.sample_limit ? { sampleLimit: form.sample_limit } : {}),
    ...(relabelings === undefined ? {} : { relabelings }),
    ...(metricRelabelings === undefined ? {} : { metricRelabelings }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(tls === undefined ? {} : { tls }),
    // Targets of a job that is left out anyway need no findings of their own.
    targets: report.refused ? [] : readTargets(configs, scope, report),
    origin: report.origin,
  };
}

function readTimes(
  form: WireJob,
  report: JobReport,
): { readonly interval?: string; readonly timeout?: string } {
  const { scrape_interval: interval, scrape_timeout: timeout } = form;
  const every = interval === undefined ? undefined : durationSeconds(interval);
  const within = timeout === undefined ? undefined : durationSeconds(timeout);
  if (interval !== undefined && (every === undefined || every < 1)) {
    report.refuse(
      "SCRAPE_JOB_INVALID",
      `scrape_interval is ${quote(interval)}; a Prometheus duration of at least 1s is wanted`,
    );
  }
  if (timeout !== undefined && (within === undefined || within === 0)) {
    report.refuse(
      "SCRAPE_JOB_INVALID",
      `scrape_timeout is ${quote(timeout)}; a Prometheus duration is wanted`,
    );
  }
  if (every !== undefined && within !== undefined && within > every) {
    report.refuse(
      "SCRAPE_JOB_INVALID",
      `scrape_timeout is ${timeout}, longer than scrape_interval, which is ${interval}`,
    );
  }
  return { ...(interval === undefined ? {} : { interval }), ...(timeout === undefined ? {} : { timeout }) };
}

function readParams(
  form: WireJob,
  report: JobReport,
): Readonly<Record<string, readonly string[]>> | undefined {
  if (form.params === undefined) return undefined;
  const read = Object.entries(form.params).map(([name, value]) => {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    if (![name, ...values].every((text) => PRINTABLE.test(text))) {
      report.refuse("SCRAPE_JOB_INVALID", `params ${quote(name)} holds characters that are not printable`);
    }
    return [name, values] as const;
  });
  return Object.fromEntries(read);
}
