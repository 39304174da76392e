import type { ProgramManifest } from "../program-manifest.ts";

/** The exporter of a machine's own metrics. */
export const nodeExporter: ProgramManifest = {
  name: "node_exporter",
  summary: "shows a machine's own metrics to Prometheus",
  versions: ">=1.3 <2",
  binaries: [{ name: "node_exporter", alsoCalled: ["prometheus-node-exporter"] }],
  probe: { arguments: ["--version"], says: /node_exporter, version (\S+)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "debian",
      package: "prometheus-node-exporter",
      files: { node_exporter: "usr/bin/prometheus-node-exporter" },
    },
    {
      kind: "go-build",
      folder: "node_exporter",
      version: "1.12.1",
      packages: { node_exporter: "github.com/prometheus/node_exporter" },
      tags: [],
      variables: { "github.com/prometheus/common/version.Version": "1.12.1" },
    },
  ],
};
