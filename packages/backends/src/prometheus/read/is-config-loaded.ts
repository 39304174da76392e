import { holds, isEmpty, isSameText } from "./holds.ts";
import { asObject, listAt, objectAt } from "../../read/json-field.ts";

/** What a job has only if it was written: everything else that is shown beside what was written are defaults. */
const OPTIONAL = ["params", "basic_auth", "authorization", "tls_config", "metric_relabel_configs"];
/** What a job takes over from the global part. */
const INHERITED = ["scrape_interval", "scrape_timeout"];

/** Compares a main file of ours with the configuration that a server shows, defaults filled in. */
export function isConfigLoaded(wanted: unknown, loaded: unknown): boolean {
  const jobs = listAt(loaded, "scrape_configs");
  const wantedJobs = listAt(wanted, "scrape_configs");
  const { scrape_configs: _jobs, ...shared } = asObject(wanted);
  const global = objectAt(loaded, "global");
  return (
    holds(shared, loaded) &&
    (listAt(objectAt(shared, "alerting"), "alertmanagers").length > 0 ||
      listAt(objectAt(loaded, "alerting"), "alertmanagers").length === 0) &&
    jobs.length === wantedJobs.length &&
    wantedJobs.every((job, index) => isJobLoaded(asObject(job), asObject(jobs[index]), global))
  );
}

function isJobLoaded(
  wanted: Readonly<Record<string, unknown>>,
  loaded: Readonly<Record<string, unknown>>,
  global: Readonly<Record<string, unknown>>,
): boolean {
  return (
    holds(wanted, loaded) &&
    OPTIONAL.every((name) => name in wanted || isEmpty(loaded[name])) &&
    INHERITED.every(
      (name) => name in wanted || isShorterOf(loaded[name], [global[name], loaded["scrape_interval"]]),
    )
  );
}

/** A server shows an inherited timeout cut to the job's interval. */
function isShorterOf(value: unknown, candidates: readonly unknown[]): boolean {
  return candidates.some((one) => isSameText(String(one), String(value)));
}
