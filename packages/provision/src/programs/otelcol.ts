import type { ProgramManifest } from "../program-manifest.ts";

/**
 * The OpenTelemetry Collector with the components that our charms use; others would not know the ones that it needs.
 *
 * Its module is ours: `programs/otelcol` names the components and pins each one.
 */
export const otelcol: ProgramManifest = {
  name: "otelcol",
  summary: "takes every signal, buffers it on disk and passes it on",
  versions: ">=0.155 <1",
  binaries: [{ name: "otelcol", alsoCalled: ["otelcol-contrib"] }],
  probe: { arguments: ["--version"], says: /otelcol\S* version (\S+)/ },
  sources: [
    { kind: "given" },
    { kind: "path" },
    { kind: "cache" },
    {
      kind: "go-build",
      folder: "otelcol",
      version: "0.155.0",
      packages: { otelcol: "." },
      tags: [],
      variables: { "main.version": "0.155.0" },
      sources: ["main.go", "factories.go"],
    },
  ],
};
