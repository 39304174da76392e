import { active, defineCharm } from "@orrery/charm";
import { observable, over, rotateScrapeToken, scrapeAuthorization, scrapeToken } from "@orrery/observability";
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
  endpoints: { ...observable(storefront) },
  telemetry: storefront,
  adapt: (declared, { config, secrets }) => {
    const authorization = config["metrics-auth"] === "bearer" ? scrapeAuthorization(secrets) : undefined;
    return authorization ? over(declared, { metrics: { authorization } }) : declared;
  },
  actions: { "rotate-metrics-token": rotateScrapeToken },
  reconcile(context) {
    const { config, containers, endpoints, network } = context;
    const scrapers = endpoints["metrics-endpoint"].relations.map(({ id }) => id);
    const token = config["metrics-auth"] === "bearer" ? scrapeToken(context, scrapers) : undefined;
    const tokens = token?.accepted.map((one) => `${one}\n`).join("") ?? "";
    return {
      ...token?.wanted,
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
              },
            },
          },
          checks: { open: { level: "alive", tcp: { host: network.address, port: network.ports.http } } },
          // The shop reads it at each scrape.
          files: tokens === "" ? {} : { [TOKENS]: { content: tokens, mode: "0600", onChange: "none" } },
        },
      },
      status: active(config.fault === "none" ? "" : `fault: ${config.fault}`),
    };
  },
});
