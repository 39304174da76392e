import type { Expectation, FileOutcome } from "@orrery/charm";
import { durationSeconds } from "@orrery/query";
import { yamlJson } from "../../writing/yaml-json.ts";
import type { ScrapeConfig } from "../compile/compile-job.ts";

/** What all contributors share. Durations are Prometheus's own. */
export interface PrometheusConfig {
  readonly scrapeInterval: string;
  /** At most the interval: past it, the interval is used. */
  readonly scrapeTimeout: string;
  readonly evaluationInterval: string;
  /** Where alerts are sent. */
  readonly alertmanagers: readonly AlertmanagerTarget[];
  /** File, relative to the main one, of the certificates by which https Alertmanagers are verified; the machine's own when absent. */
  readonly trusted?: string;
}

/** One Alertmanager and whose it is. */
export interface AlertmanagerTarget {
  /** Base URL without a slash at its end. */
  readonly url: string;
  readonly scheme: "http" | "https";
  /** `host:port`. */
  readonly address: string;
  /** Such as `/p`; `""` when none. */
  readonly pathPrefix: string;
  readonly application: string;
}

/** The main file, and what is expected of it. */
export interface MainFile {
  readonly file: FileOutcome;
  readonly expectations: readonly Expectation[];
}

/**
 * Makes `prometheus.yml`: JSON, which is YAML, with a line for each job, so that a job more or less is a line more or less.
 *
 * @param jobs - In the order in which they stand in the file.
 */
export function mainFile(
  config: PrometheusConfig,
  jobs: readonly ScrapeConfig[],
  on: { readonly container: string; readonly promtool: string },
): MainFile {
  const alertmanagers = [...new Map(config.alertmanagers.map((one) => [one.url, one])).values()].toSorted(
    (a, b) => (a.url < b.url ? -1 : 1),
  );
  const global = {
    scrape_interval: config.scrapeInterval,
    scrape_timeout: shorter(config.scrapeTimeout, config.scrapeInterval),
    evaluation_interval: config.evaluationInterval,
  };
  const lines = [
    "{",
    `"global": ${yamlJson(global)},`,
    '"rule_files": ["rules/*.json"],',
    `"alerting": ${yamlJson({ alertmanagers: alertmanagerConfigs(alertmanagers, config.trusted) })},`,
    '"scrape_configs": [',
    // A comma leads its line, so that the last job is a line like any other.
    jobs.map((job, index) => `${index === 0 ? " " : ","}${yamlJson(job)}`).join("\n"),
    "]",
    "}",
    "",
  ];
  return {
    file: {
      content: lines.join("\n"),
      onChange: "reload",
      check: { command: [on.promtool, "check", "config", "--syntax-only", "{}"] },
    },
    expectations: alertmanagers.map(({ url, application }) => ({
      signal: "alerting",
      kind: "alertmanager",
      name: url,
      application,
      container: on.container,
      match: { url: `${url}/api/v2/alerts` },
    })),
  };
}

/** One entry for each scheme and path, as the field's Prometheus charm groups them. */
function alertmanagerConfigs(
  alertmanagers: readonly AlertmanagerTarget[],
  trusted: string | undefined,
): readonly object[] {
  const groups = Map.groupBy(alertmanagers, ({ scheme, pathPrefix }) => `${scheme} ${pathPrefix}`);
  return [...groups.values()].map((group) => ({
    scheme: group[0]?.scheme,
    ...(group[0]?.pathPrefix ? { path_prefix: group[0].pathPrefix } : {}),
    ...(group[0]?.scheme === "https" && trusted !== undefined ? { tls_config: { ca_file: trusted } } : {}),
    api_version: "v2",
    static_configs: [{ targets: group.map(({ address }) => address) }],
  }));
}

function shorter(a: string, b: string): string {
  return (durationSeconds(a) ?? 0) <= (durationSeconds(b) ?? 0) ? a : b;
}
