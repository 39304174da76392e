import type { ProgramManifest } from "../program-manifest.ts";

/** Jaeger all in one: takes OTLP, keeps traces on disk, answers by id and by service. Its Go module carries no web UI. */
export const jaeger: ProgramManifest = {
  name: "jaeger",
  summary: "stores traces and answers for them",
  versions: ">=1.60 <2",
  binaries: [{ name: "jaeger", alsoCalled: ["jaeger-all-in-one"] }],
  probe: { arguments: ["version"], says: /"gitVersion":"v(\d[^"]*)"/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "go-build",
      folder: "jaeger",
      version: "1.76.0",
      packages: { jaeger: "github.com/jaegertracing/jaeger/cmd/all-in-one" },
      tags: [],
      variables: { "github.com/jaegertracing/jaeger/internal/version.latestVersion": "v1.76.0" },
    },
  ],
};
