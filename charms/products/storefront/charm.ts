import { active, defineCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { storefront } from "./telemetry.ts";

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
  },
  ports: { http: { prefer: 8080 } },
  containers: { shop: { program: "node" } },
  endpoints: { ...observable(storefront) },
  telemetry: storefront,
  reconcile({ config, network, containers }) {
    return {
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
              },
            },
          },
          checks: { open: { level: "alive", tcp: { host: network.address, port: network.ports.http } } },
        },
      },
      status: active(config.fault === "none" ? "" : `fault: ${config.fault}`),
    };
  },
});
