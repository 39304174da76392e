import { quote } from "@orrery/databag";
import type { Json } from "@orrery/databag";
import { isJsonObject } from "../wire/wire-job.ts";
import type { JsonObject } from "../wire/wire-job.ts";
import type { JobReport } from "./job-report.ts";

/** What an object may hold: `true` for a value, another table for an object or a list of objects. */
interface Allowed {
  readonly [key: string]: true | Allowed;
}

const RELABELING: Allowed = {
  source_labels: true,
  separator: true,
  target_label: true,
  regex: true,
  modulus: true,
  replacement: true,
  action: true,
};

/**
 * All that a job may hold, at every depth. The order has no meaning: jobs keep their author's.
 *
 * @see `ALLOWED_KEYS` in canonical/prometheus-k8s-operator, `prometheus_scrape.py`, for the first level.
 */
const JOB: Allowed = {
  job_name: true,
  metrics_path: true,
  static_configs: { targets: true, labels: true },
  scrape_interval: true,
  scrape_timeout: true,
  scheme: true,
  params: true,
  sample_limit: true,
  relabel_configs: RELABELING,
  metric_relabel_configs: RELABELING,
  basic_auth: { username: true, password: true },
  authorization: { type: true, credentials: true },
  tls_config: { ca: true, ca_file: true, server_name: true, insecure_skip_verify: true },
};

/** Limits that peers carry; a scraper of ours always sets its own. */
const OURS_TO_SET = ["label_limit", "label_name_length_limit", "label_value_length_limit"];

/** Keys that make a scraper read files, go through a proxy, or find its targets elsewhere. */
const NEVER = /(_files?|_ref|_sd_configs)$|^(files?|no_proxy)$|^proxy_/;

/** Rebuilds a job from its allowed keys alone; a member that is null is absent. Everything else is reported. */
export function allowedOnly(job: JsonObject, report: JobReport): JsonObject {
  return rebuild(job, { allowed: JOB, where: "" }, report);
}

function rebuild(
  value: JsonObject,
  at: { readonly allowed: Allowed; readonly where: string },
  report: JobReport,
): JsonObject {
  const members: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member === null) continue;
    const allowed = Object.hasOwn(at.allowed, key) ? at.allowed[key] : undefined;
    const where = at.where === "" ? key : `${at.where}.${key}`;
    if (allowed === undefined) refuseKey(where, key, report);
    else if (allowed === true) members.push([key, member]);
    else members.push([key, nested(member, { allowed, where }, report)]);
  }
  return Object.fromEntries(members);
}

function nested(
  value: Json,
  at: { readonly allowed: Allowed; readonly where: string },
  report: JobReport,
): Json {
  if (isJsonObject(value)) return rebuild(value, at, report);
  // A list of something else stays, for the schema to refuse.
  return Array.isArray(value)
    ? value.map((item: Json) => (isJsonObject(item) ? rebuild(item, at, report) : item))
    : value;
}

function refuseKey(where: string, key: string, report: JobReport): void {
  if (OURS_TO_SET.includes(where))
    report.warn("SCRAPE_KEY_REFUSED", `${where} was left out; the scraper sets its own`);
  else if (NEVER.test(key))
    report.refuse("SCRAPE_KEY_REFUSED", `key ${quote(where)} is never taken from a relation`);
  else if (report.scoping === "strict")
    report.refuse("SCRAPE_KEY_REFUSED", `key ${quote(where)} is not one that a scrape job may hold`);
  else report.warn("SCRAPE_KEY_REFUSED", `key ${quote(where)} was left out`);
}
