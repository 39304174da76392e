import type { GoBuildRecipe, ProgramManifest } from "../program-manifest.ts";

/** The Prometheus server. Its Go module carries no web UI; the API is complete. */
export const prometheus: ProgramManifest = {
  name: "prometheus",
  summary: "stores metrics, answers queries and evaluates rules",
  versions: ">=2.42 <4",
  binaries: [{ name: "prometheus" }],
  probe: { arguments: ["--version"], says: /prometheus, version (\S+)/ },
  start: {
    files: { "prometheus.yml": "{}\n" },
    arguments: [
      "--config.file={folder}/prometheus.yml",
      "--storage.tsdb.path={folder}/data",
      "--web.listen-address=127.0.0.1:0",
    ],
    ready: /Server is ready to receive web requests/,
  },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    prometheusBuild({ prometheus: "github.com/prometheus/prometheus/cmd/prometheus" }),
    { kind: "debian", package: "prometheus", files: { prometheus: "usr/bin/prometheus" } },
  ],
  // Release binaries tell the tag in their version; module builds and Debian's cannot have it.
  notes: [{ note: "no web UI in this build; the API is complete", unless: /builtinassets/ }],
};

/**
 * The build that prometheus and promtool share.
 *
 * `remove_all_sd` leaves out the service discoveries of the clouds; file, HTTP and static discovery always stay in.
 */
export function prometheusBuild(packages: Readonly<Record<string, string>>): GoBuildRecipe {
  return {
    kind: "go-build",
    folder: "prometheus",
    version: "3.16.0",
    packages,
    tags: ["remove_all_sd"],
    variables: { "github.com/prometheus/common/version.Version": "3.16.0" },
  };
}
