import type { GoBuildRecipe, ProgramManifest } from "../program-manifest.ts";

/** Alertmanager. 0.31.1 is the newest whose Go module carries the files that its web UI is built from. */
export const alertmanager: ProgramManifest = {
  name: "alertmanager",
  summary: "groups, silences and delivers alerts",
  versions: ">=0.25 <1",
  binaries: [{ name: "alertmanager", alsoCalled: ["prometheus-alertmanager"] }],
  probe: { arguments: ["--version"], says: /alertmanager, version (\S+)/ },
  // Debian's unpacked package tells its version, yet does not start: it wants a template under /usr/share.
  start: {
    files: { "alertmanager.yml": "route: {receiver: none}\nreceivers: [{name: none}]\n" },
    arguments: [
      "--config.file={folder}/alertmanager.yml",
      "--storage.path={folder}/data",
      "--web.listen-address=127.0.0.1:0",
      "--cluster.listen-address=",
    ],
    ready: /Listening on/,
  },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    alertmanagerBuild({ alertmanager: "github.com/prometheus/alertmanager/cmd/alertmanager" }),
    {
      kind: "debian",
      package: "prometheus-alertmanager",
      files: { alertmanager: "usr/bin/prometheus-alertmanager" },
    },
  ],
};

/** The build that alertmanager and amtool share. */
export function alertmanagerBuild(packages: Readonly<Record<string, string>>): GoBuildRecipe {
  return {
    kind: "go-build",
    folder: "alertmanager",
    version: "0.31.1",
    packages,
    tags: [],
    variables: { "github.com/prometheus/common/version.Version": "0.31.1" },
  };
}
