import { configuration, loki, rejections } from "@orrery/backends/loki";
import { active, defineCharm, notReady, perRelation } from "@orrery/charm";
import type { ContainerContext, Status } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { counted } from "@orrery/problems";
import * as push from "@orrery/relations/loki-push-api";
import { options } from "./options.ts";
import { lokiTelemetry } from "./telemetry.ts";

export default defineCharm({
  name: "loki",
  summary: "Stores log lines and answers LogQL.",
  config: options,
  ports: {
    http: { prefer: 3100, description: "API: pushes and queries" },
    grpc: { prefer: 9095, description: "between Loki's own parts" },
  },
  containers: { loki: { program: "loki" } },
  endpoints: {
    logging: push.provider({ optional: true, description: "Where log lines are pushed." }),
    ...observable(lokiTelemetry, { metrics: "self-metrics-endpoint" }),
  },
  telemetry: lokiTelemetry,
  reconcile({ config, containers, derive, endpoints, network, self }) {
    const container = containers.loki;
    const url = network.url("http");
    const senders = endpoints.logging;
    const main = configuration(
      {
        retentionDays: config["retention-period"],
        ingestionRateMb: config["ingestion-rate-mb"],
        ingestionBurstMb: config["ingestion-burst-size-mb"],
        maxLineKb: config["max-line-size-kb"],
        maxStreams: config["max-streams"],
        diskFullPercent: config["disk-full-percent"],
        logLevel: config["log-level"],
        reporting: config["reporting-enabled"],
      },
      {
        version: container.version,
        container: "loki",
        program: container.program,
        folder: container.folder,
        storage: container.storage,
        address: network.address,
        httpPort: network.ports.http,
        grpcPort: network.ports.grpc,
      },
      { application: self.topology.application },
    );
    const shares = derive.each("shares", { of: senders, from: [] }, ({ key, value }) =>
      loki.contributor(key, value, { container: "loki" }),
    );
    const refused = rejections(main.files, container.rejected);
    const all = [...shares.values()];
    const losses = all.flatMap((share) => share.losses);
    const answers = senders.relations.map(({ key, problems }) => {
      const found = [...problems, ...(shares.get(key)?.losses ?? [])];
      return [key, { url, ...push.feedback(found) }] as const;
    });
    return {
      containers: {
        loki: {
          services: {
            loki: {
              command: [container.program, `-config.file=${container.folder}/loki.json`],
              killDelay: "60s",
            },
          },
          checks: { ready: { level: "ready", period: "2s", http: { url: `${url}/ready` } } },
          files: main.files,
          backend: { name: loki.name, url },
        },
      },
      publish: { logging: perRelation(new Map(answers)) },
      problems: [...losses, ...refused],
      expectations: [...main.expectations, ...all.flatMap(({ expectations }) => expectations)],
      status: summarise(container, all.length, [...senders.problems, ...losses, ...refused].length),
    };
  },
});

function summarise(container: ContainerContext, senders: number, problems: number): Status {
  const waits = notReady(container, "loki");
  if (waits) return waits;
  const told = problems === 0 ? "" : `, ${counted(problems, "problem")}: see \`orrery verify\``;
  return active(`${counted(senders, "sender")}${told}`);
}
