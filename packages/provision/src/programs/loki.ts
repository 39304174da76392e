import type { ProgramManifest } from "../program-manifest.ts";

/** Loki, as a single binary: store, query and ruler. */
export const loki: ProgramManifest = {
  name: "loki",
  summary: "stores logs, answers LogQL and evaluates its rules",
  versions: ">=3.0 <4",
  binaries: [{ name: "loki" }],
  probe: { arguments: ["--version"], says: /loki, version (\S+)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "go-build",
      folder: "loki",
      version: "3.7.8",
      packages: { loki: "github.com/grafana/loki/v3/cmd/loki" },
      tags: [],
      variables: { "github.com/grafana/loki/v3/pkg/util/build.Version": "3.7.8" },
    },
  ],
};
