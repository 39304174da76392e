import type { FileOutcome } from "@orrery/charm";
import type { Topology } from "@orrery/topology";
import { yamlJson } from "../../writing/yaml-json.ts";
import type { CollectorCapabilities } from "../capabilities.ts";
import { lokiExporter } from "./loki-exporter.ts";
import { unitLogs } from "./unit-logs.ts";

/** What a Collector reads and where it sends it, from its charm's options and relations. */
export interface CollectorSettings {
  /** Absolute folder of units as an engine on this machine lays them out. */
  readonly unitsFolder: string;
  /** Base URLs of Lokis' OTLP; each gets every line. */
  readonly lokis: readonly string[];
  /** Batches of lines that are kept on disk for each Loki until it takes them. */
  readonly queueSize: number;
  readonly memoryLimitMib: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

/** A Collector's files. */
export type CollectorFiles = Readonly<Record<string, FileOutcome>>;

const READS = "file_log/units";
const IDENTIFIES = "resource/identity";

/**
 * Makes `otelcol.json`, which is YAML to the Collector. It reads it at its start alone, so a change of it calls for a restart.
 *
 * How far each file was read is kept on disk. What a Loki does not take is kept on disk and tried again without end; once there is
 * no more room for it, reading waits. Identity is written last, by whose file a line is in.
 *
 * @param of - The Collector's own application; its model is everybody's whose lines it reads.
 * @see OpenTelemetry Collector 0.155, configuration; contrib, `filelogreceiver` and `filestorage`.
 */
export function configuration(
  settings: CollectorSettings,
  to: CollectorCapabilities,
  of: Pick<Topology, "application" | "model" | "modelUuid">,
): CollectorFiles {
  const exporters = Object.fromEntries(settings.lokis.map((url) => lokiExporter(url, settings.queueSize)));
  const metrics = { prometheus: { host: to.address, port: to.metricsPort } };
  const main = {
    extensions: {
      health_check: { endpoint: `${to.address}:${to.healthPort}` },
      file_storage: { directory: `${to.storage}/queue`, create_directory: true, fsync: true },
    },
    receivers: { [READS]: unitLogs(settings.unitsFolder, of.application) },
    processors: {
      memory_limiter: { check_interval: "1s", limit_mib: settings.memoryLimitMib },
      [IDENTIFIES]: {
        attributes: [
          { key: "juju_model", value: of.model, action: "upsert" },
          { key: "juju_model_uuid", value: of.modelUuid, action: "upsert" },
        ],
      },
    },
    exporters,
    service: {
      extensions: ["health_check", "file_storage"],
      telemetry: {
        logs: { level: settings.logLevel },
        metrics: { readers: [{ pull: { exporter: metrics } }] },
      },
      pipelines: {
        logs: {
          receivers: [READS],
          processors: ["memory_limiter", IDENTIFIES],
          exporters: Object.keys(exporters),
        },
      },
    },
  };
  return {
    "otelcol.json": {
      // The Collector expands `$` wherever it stands; doubled, it is itself.
      content: `${yamlJson(main, 1).replaceAll("$", () => "$$")}\n`,
      onChange: "restart",
      check: { command: [to.program, "validate", "--config={}"] },
    },
  };
}
