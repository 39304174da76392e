import { active, defineCharm } from "@orrery/charm";
import type { FileOutcome } from "@orrery/charm";
import { observable, over, rotateScrapeToken, scrapeAuthorization, scrapeToken } from "@orrery/observability";
import { requirer, unitCertificate } from "@orrery/relations/tls-certificates";
import type { ServerCertificate } from "@orrery/relations/tls-certificates";
import { storefront } from "./telemetry.ts";

/** Which of the container's files holds the tokens that open /metrics, one a line. */
const TOKENS = "metrics-tokens";

export default defineCharm({
  name: "storefront",
  summary: "A small shop with customers of its own, to see observability at work.",
  config: {
    fault: {
      type: "string",
      default: "none",
      oneOf: ["none", "errors", "latency", "silence"],
      description: "What goes wrong in the shop.",
    },
    traffic: {
      type: "int",
      default: 10,
      minimum: 0,
      maximum: 200,
      description: "Visits that the shop pays itself, a second.",
    },
    "metrics-auth": {
      type: "string",
      default: "none",
      oneOf: ["none", "bearer"],
      description:
        "Whether /metrics is open to all, or to those who show a token; related scrapers are given it.",
    },
  },
  ports: { http: { prefer: 8080 } },
  containers: { shop: { program: "node" } },
  endpoints: {
    ...observable(storefront),
    certificates: requirer({
      optional: true,
      limit: 1,
      description: "Who signs for the shop: it serves https then.",
    }),
  },
  telemetry: storefront,
  adapt: (declared, { config, endpoints, materials, secrets, self }) => {
    const authorization = config["metrics-auth"] === "bearer" ? scrapeAuthorization(secrets) : undefined;
    const { identity } = unitCertificate({ self, materials, relations: endpoints.certificates.relations });
    return over(declared, {
      metrics: { ...(authorization ? { authorization } : {}), ...(identity ? { scheme: "https" } : {}) },
    });
  },
  actions: { "rotate-metrics-token": rotateScrapeToken },
  reconcile(context) {
    const { config, containers, endpoints, materials, network, self } = context;
    const tls = unitCertificate({ self, materials, relations: endpoints.certificates.relations });
    const scrapers = endpoints["metrics-endpoint"].relations.map(({ id }) => id);
    const token = config["metrics-auth"] === "bearer" ? scrapeToken(context, scrapers) : undefined;
    const tokens = token?.accepted.map((one) => `${one}\n`).join("") ?? "";
    return {
      ...token?.wanted,
      materials: { ...token?.wanted.materials, ...tls.materials },
      publish: { certificates: tls.wanted },
      containers: {
        shop: {
          services: {
            shop: {
              command: [containers.shop.program, "server.js"],
              environment: {
                HOST: network.address,
                PORT: String(network.ports.http),
                FAULT: config.fault,
                TRAFFIC: String(config.traffic),
                METRICS_TOKENS: `${containers.shop.folder}/${TOKENS}`,
                ...(tls.identity ? { TLS: `${containers.shop.folder}/tls` } : {}),
              },
              reload: { signal: "HUP" },
            },
          },
          checks: { open: { level: "alive", tcp: { host: network.address, port: network.ports.http } } },
          files: {
            // The shop reads it at each scrape.
            ...(tokens === "" ? {} : { [TOKENS]: { content: tokens, mode: "0600", onChange: "none" } }),
            ...tlsFiles(tls),
          },
        },
      },
      status: active(config.fault === "none" ? "" : `fault: ${config.fault}`),
    };
  },
});

/** What the shop reads when it starts, and again at a hangup signal. */
function tlsFiles({ identity }: ServerCertificate): Readonly<Record<string, FileOutcome>> {
  if (!identity) return {};
  return {
    "tls/key.pem": { content: identity.key, mode: "0600" },
    "tls/chain.pem": { content: identity.chain },
    "tls/ca.pem": { content: identity.ca },
  };
}
