import {
  SCRAPE_LIMITS,
  WEB_CONFIG,
  acceptedJobs,
  atUnit,
  mainFile,
  prometheus,
  rejections,
  webConfigFiles,
  sharedSecrets,
} from "@orrery/backends/prometheus";
import type { PrometheusCapabilities, PrometheusContribution } from "@orrery/backends/prometheus";
import { defineCharm, perRelation } from "@orrery/charm";
import { observable, over } from "@orrery/observability";
import * as dispatch from "@orrery/relations/alertmanager-dispatch";
import * as transfer from "@orrery/relations/certificate-transfer";
import * as scrape from "@orrery/relations/prometheus-scrape";
import * as tls from "@orrery/relations/tls-certificates";
import { command } from "./command.ts";
import { options } from "./options.ts";
import { showTargets } from "./show-targets.ts";
import { summarise } from "./summarise.ts";
import { prometheusTelemetry } from "./telemetry.ts";

/** Where the certificates lie by which others are verified; Prometheus reads the file at each connection. */
const TRUSTED = "trusted/authorities.pem";

export default defineCharm({
  name: "prometheus",
  summary: "Collects metrics from everything that is related to it and evaluates the rules that came along.",
  config: options,
  ports: { web: { prefer: 9090, description: "API and web pages" } },
  containers: { prometheus: { program: "prometheus", tools: ["promtool"] } },
  endpoints: {
    "metrics-endpoint": scrape.requirer({
      optional: true,
      description: "What is scraped, and the rules for it.",
    }),
    alertmanager: dispatch.requirer({ optional: true, description: "Where alerts are sent." }),
    "receive-ca-cert": transfer.requirer({
      optional: true,
      description: "Whose certificates targets that are scraped over https may show.",
    }),
    certificates: tls.requirer({ optional: true, limit: 1, description: "Who signs for its web port." }),
    ...observable(prometheusTelemetry, { metrics: "self-metrics-endpoint" }),
  },
  telemetry: prometheusTelemetry,
  adapt: (declared, { endpoints, materials, self }) => {
    const { identity } = tls.unitCertificate({
      self,
      materials,
      relations: endpoints.certificates.relations,
    });
    return identity ? over(declared, { metrics: { scheme: "https" } }) : declared;
  },
  actions: { "show-targets": showTargets },
  reconcile({ config, containers, derive, endpoints, materials, network, secrets, self, telemetry }) {
    const certificate = tls.unitCertificate({
      self,
      materials,
      relations: endpoints.certificates.relations,
    });
    const { identity } = certificate;
    const container = containers.prometheus;
    const promtool = container.tool("promtool");
    const trusted = derive("trusted", [endpoints["receive-ca-cert"]], () =>
      [
        ...new Set(
          endpoints["receive-ca-cert"].relations.flatMap(({ value }) =>
            value.map(({ certificate }) => certificate),
          ),
        ),
      ]
        .toSorted()
        .map((one) => `${one}\n`)
        .join(""),
    );
    const to = derive(
      "capabilities",
      [container.version, promtool, trusted, ...Object.values(config)],
      (): PrometheusCapabilities => ({
        version: container.version,
        container: "prometheus",
        promtool,
        ruleScoping: config["rule-scoping"],
        scrapeInterval: config["scrape-interval"],
        limits: {
          ...SCRAPE_LIMITS,
          samples: config["sample-limit"],
          labels: config["label-limit"],
          labelName: config["label-name-length-limit"],
          labelValue: config["label-value-length-limit"],
          targets: config["target-limit"],
          body: config["body-size-limit"],
        },
        ...(trusted === "" ? {} : { trusted }),
      }),
    );
    const related = endpoints["metrics-endpoint"];
    const shares = derive.each(
      "shares",
      { of: related, from: (one) => [to, sharedSecrets(secrets, one).version] },
      (one) =>
        prometheus.contributor(one.key, one.value, { ...to, secret: sharedSecrets(secrets, one).read }),
    );
    const { address } = network;
    const own = derive(
      "own share",
      [telemetry, self.topology.unit, address, to, identity?.ca],
      (): readonly PrometheusContribution[] => {
        const unit = { name: self.topology.unit, address };
        // It knows its own authority, whoever else it trusts.
        const knowing = identity ? { ...to, trusted: trusted + identity.ca } : to;
        return telemetry === undefined
          ? []
          : [prometheus.contributor("self", atUnit(telemetry, unit), knowing)];
      },
    );
    const all = [...own, ...shares.values()];
    const alertmanagers = endpoints.alertmanager.relations.flatMap(({ application, value }) =>
      value.map((one) => ({ ...one, application })),
    );
    const shared = {
      scrapeInterval: config["scrape-interval"],
      scrapeTimeout: config["scrape-timeout"],
      evaluationInterval: config["evaluation-interval"],
      alertmanagers,
      ...(trusted === "" ? {} : { trusted: TRUSTED }),
    };
    const main = mainFile(shared, acceptedJobs(all, container.rejected), to);
    const findings = all.flatMap(({ files, losses }) => [
      ...losses,
      ...rejections(files, container.rejected),
    ]);
    const url = network.url("web", identity ? "https" : "http");
    const feedback = related.relations.map(({ key, problems }) => {
      const share = shares.get(key);
      const found = share ? [...share.losses, ...rejections(share.files, container.rejected)] : [];
      return [key, scrape.feedback([...problems, ...found])] as const;
    });
    return {
      containers: {
        prometheus: {
          services: {
            prometheus: {
              command: command(container, config, {
                listen: new URL(url).host,
                ...(identity ? { webConfig: WEB_CONFIG } : {}),
              }),
              reload: { http: `${url}/-/reload` },
              killDelay: "30s",
            },
          },
          checks: {
            ready: { level: "ready", period: "2s", http: { url: `${url}/-/ready` } },
            healthy: { level: "alive", http: { url: `${url}/-/healthy` } },
          },
          files: Object.assign(
            { "prometheus.yml": main.file, ...webConfigFiles(identity) },
            trusted === "" ? {} : { [TRUSTED]: { content: trusted, onChange: "none" } },
            ...all.map(({ files }) => files),
          ),
          backend: { name: prometheus.name, url, ...(identity ? { ca: identity.ca } : {}) },
        },
      },
      materials: certificate.materials,
      publish: { "metrics-endpoint": perRelation(new Map(feedback)), certificates: certificate.wanted },
      problems: findings,
      expectations: [...main.expectations, ...all.flatMap(({ expectations }) => expectations)],
      status: summarise(container, all, [
        ...related.problems,
        ...endpoints.alertmanager.problems,
        ...findings,
      ]),
    };
  },
});
