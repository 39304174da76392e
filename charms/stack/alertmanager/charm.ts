import {
  WEB_CONFIG,
  alertmanager,
  configuration,
  featureFlags,
  rejections,
  webConfigFiles,
} from "@orrery/backends/alertmanager";
import { active, blocked, defineCharm, notReady } from "@orrery/charm";
import type { ContainerContext, Status } from "@orrery/charm";
import { observable, over } from "@orrery/observability";
import { counted } from "@orrery/problems";
import * as dispatch from "@orrery/relations/alertmanager-dispatch";
import * as remoteConfiguration from "@orrery/relations/alertmanager-remote-configuration";
import * as tls from "@orrery/relations/tls-certificates";
import { options } from "./options.ts";
import { alertmanagerTelemetry } from "./telemetry.ts";
import { webhookOf } from "./webhook.ts";

export default defineCharm({
  name: "alertmanager",
  summary: "Groups alerts and delivers them to people.",
  config: options,
  ports: { web: { prefer: 9093, description: "API and web pages" } },
  containers: { alertmanager: { program: "alertmanager", tools: ["amtool"] } },
  endpoints: {
    alerting: dispatch.provider({ optional: true, description: "Where servers send alerts." }),
    "remote-configuration": remoteConfiguration.requirer({
      optional: true,
      description: "Routes and receivers.",
    }),
    certificates: tls.requirer({ optional: true, limit: 1, description: "Who signs for its web port." }),
    ...observable(alertmanagerTelemetry, { metrics: "self-metrics-endpoint" }),
  },
  telemetry: alertmanagerTelemetry,
  adapt: (declared, { endpoints, materials, self }) => {
    const { identity } = tls.unitCertificate({
      self,
      materials,
      relations: endpoints.certificates.relations,
    });
    return identity ? over(declared, { metrics: { scheme: "https" } }) : declared;
  },
  reconcile({ config, containers, endpoints, materials, network, secrets, self }) {
    const container = containers.alertmanager;
    const certificate = tls.unitCertificate({
      self,
      materials,
      relations: endpoints.certificates.relations,
    });
    const { identity } = certificate;
    const url = network.url("web", identity ? "https" : "http");
    const { application } = self.topology;
    const to = {
      version: container.version,
      container: "alertmanager",
      folder: container.folder,
      amtool: container.tool("amtool"),
    };
    const webhook = webhookOf(config, secrets);
    const heartbeatInterval = config["heartbeat-interval"];
    const own = {
      ...(webhook.url === undefined ? {} : { webhookUrl: webhook.url }),
      ...(heartbeatInterval === "off" ? {} : { heartbeatInterval }),
      groupWait: config["group-wait"],
      groupInterval: config["group-interval"],
      repeatInterval: config["repeat-interval"],
    };
    const remote = endpoints["remote-configuration"].relations[0]?.value;
    const wanted = configuration(remote === undefined ? own : { ...own, remote }, to, { application });
    const refused = rejections(wanted.files, container.rejected);
    // A refused configuration leaves the last good one in place; only where there never was one, alerts start without the remote part.
    const { files } =
      refused.length > 0 && container.applied === undefined
        ? configuration(own, to, { application })
        : wanted;
    return {
      containers: {
        alertmanager: {
          services: {
            alertmanager: {
              command: [
                container.program,
                `--config.file=${container.folder}/alertmanager.yml`,
                `--storage.path=${container.storage}`,
                `--data.retention=${config["data-retention"]}`,
                `--web.listen-address=${new URL(url).host}`,
                ...(identity ? [`--web.config.file=${container.folder}/${WEB_CONFIG}`] : []),
                "--cluster.listen-address=",
                ...featureFlags(container.version),
                `--log.level=${config["log-level"]}`,
              ],
              reload: { http: `${url}/-/reload` },
            },
          },
          checks: {
            ready: { level: "ready", period: "2s", http: { url: `${url}/-/ready` } },
            healthy: { level: "alive", http: { url: `${url}/-/healthy` } },
          },
          files: { ...files, ...webConfigFiles(identity) },
          backend: { name: alertmanager.name, url, ...(identity ? { ca: identity.ca } : {}) },
        },
      },
      materials: certificate.materials,
      publish: { alerting: { url }, certificates: certificate.wanted },
      problems: refused,
      expectations: wanted.expectations,
      status:
        webhook.fault === undefined
          ? summarise(container, wanted.expectations.length, refused.length)
          : blocked(webhook.fault),
    };
  },
});

function summarise(container: ContainerContext, receivers: number, refused: number): Status {
  const waits = notReady(container, "alertmanager");
  if (waits) return waits;
  if (refused > 0) return active("configuration refused, the last good one stays: see `orrery verify`");
  if (receivers === 0) return active("alerts go nowhere: set webhook-url or relate remote-configuration");
  return active(counted(receivers, "receiver"));
}
