import { configuration, otlpUrl, rejections } from "@orrery/backends/opentelemetry-collector";
import { active, blocked, defineCharm, notReady } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { counted, problem } from "@orrery/problems";
import * as push from "@orrery/relations/loki-push-api";
import { options } from "./options.ts";
import { collectorTelemetry } from "./telemetry.ts";

export default defineCharm({
  name: "opentelemetry-collector",
  summary: "Reads what the services of every unit on this machine print, and sends it to Loki.",
  config: options,
  ports: {
    metrics: { prefer: 8888, description: "its own metrics" },
    health: { prefer: 13133, description: "whether it is well" },
  },
  containers: { otelcol: { program: "otelcol" } },
  endpoints: {
    "send-loki-logs": push.requirer({ optional: true, description: "Who takes log lines." }),
    ...observable(collectorTelemetry, { metrics: "self-metrics-endpoint" }),
  },
  telemetry: collectorTelemetry,
  reconcile({ config, containers, endpoints, network, self }) {
    const container = containers.otelcol;
    const related = endpoints["send-loki-logs"].relations;
    const targets = related.flatMap(({ application, id, value }) =>
      value.endpoints.map(({ url }) => ({ url, otlp: otlpUrl(url), application, id })),
    );
    const lokis = [...new Set(targets.flatMap(({ otlp }) => otlp ?? []))].toSorted();
    const strange = targets.flatMap(({ url, otlp, application, id }) => {
      const origin = { application, endpoint: "send-loki-logs", relation: id };
      const message = `url ${url} does not end with /loki/api/v1/push, so where it takes OTLP is not known`;
      return otlp === undefined ? [problem("RELATION_URL_REFUSED", { message, origin })] : [];
    });
    const unitsFolder = config["unit-logs"];
    if (unitsFolder === undefined || lokis.length === 0) {
      const lacking = unitsFolder === undefined ? "set unit-logs" : "relate send-loki-logs to a Loki";
      return { status: blocked(`nothing to do: ${lacking}`), problems: strange };
    }
    const health = network.url("health");
    const files = configuration(
      {
        unitsFolder,
        lokis,
        queueSize: config["queue-size"],
        memoryLimitMib: config["memory-limit-mib"],
        logLevel: config["log-level"],
      },
      {
        program: container.program,
        storage: container.storage,
        address: network.address,
        metricsPort: network.ports.metrics,
        healthPort: network.ports.health,
      },
      self.topology,
    );
    const refused = rejections(files, container.rejected);
    return {
      containers: {
        otelcol: {
          services: {
            otelcol: {
              command: [
                container.program,
                `--config=${container.folder}/otelcol.json`,
                // Else a line counts as read a tenth of a second before it is in the queue.
                "--feature-gates=stanza.synchronousLogEmitter",
              ],
              // It tries once more to send what it has when it is ended.
              killDelay: "30s",
            },
          },
          checks: { ready: { level: "ready", period: "2s", http: { url: health } } },
          files,
        },
      },
      problems: [...strange, ...refused],
      status: notReady(container, "otelcol") ?? active(`sends to ${counted(lokis.length, "Loki")}`),
    };
  },
});
