import type { ProgramManifest } from "./program-manifest.ts";
import { alertmanager } from "./programs/alertmanager.ts";
import { amtool } from "./programs/amtool.ts";
import { go } from "./programs/go.ts";
import { jaeger } from "./programs/jaeger.ts";
import { loki } from "./programs/loki.ts";
import { nodeExporter } from "./programs/node-exporter.ts";
import { node } from "./programs/node.ts";
import { otelcol } from "./programs/otelcol.ts";
import { pebble } from "./programs/pebble.ts";
import { prometheus } from "./programs/prometheus.ts";
import { promtool } from "./programs/promtool.ts";
import { runit } from "./programs/runit.ts";

/** Every program that this package knows more about than its name. */
export const programCatalog: readonly ProgramManifest[] = [
  prometheus,
  promtool,
  alertmanager,
  amtool,
  nodeExporter,
  loki,
  jaeger,
  otelcol,
  runit,
  pebble,
  node,
  go,
];

/**
 * Gives a program's manifest.
 *
 * A name that the catalog lacks gets one that looks at the path given and the PATH only, and accepts any version:
 * a charm may run whatever its machine has.
 */
export function manifestOf(name: string, catalog: readonly ProgramManifest[]): ProgramManifest {
  return catalog.find((manifest) => manifest.name === name) ?? unknownProgram(name);
}

function unknownProgram(name: string): ProgramManifest {
  return {
    name,
    summary: "a program of the machine; nothing else is known of it",
    versions: "*",
    binaries: [{ name }],
    sources: [{ kind: "given" }, { kind: "path" }],
  };
}
