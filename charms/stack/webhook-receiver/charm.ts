import { active, defineCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import * as remoteConfiguration from "@orrery/relations/alertmanager-remote-configuration";
import { show } from "./show.ts";
import { webhookReceiver } from "./telemetry.ts";

export default defineCharm({
  name: "webhook-receiver",
  summary: "Takes the notifications of an Alertmanager and shows them.",
  ports: { http: { prefer: 9095 } },
  containers: { receiver: { program: "node" } },
  endpoints: {
    ...observable(webhookReceiver),
    "remote-configuration": remoteConfiguration.provider(),
  },
  telemetry: webhookReceiver,
  actions: { show },
  reconcile({ network, containers }) {
    const { address, ports } = network;
    const { receiver } = containers;
    return {
      containers: {
        receiver: {
          services: {
            receiver: {
              command: [receiver.program, "server.js"],
              environment: { HOST: address, PORT: String(ports.http), STORAGE: receiver.storage },
            },
          },
          checks: { answers: { level: "alive", tcp: { host: address, port: ports.http } } },
        },
      },
      publish: {
        "remote-configuration": {
          route: { receiver: "webhook" },
          receivers: [
            {
              name: "webhook",
              webhook_configs: [{ url: `${network.url("http")}/notify`, send_resolved: true }],
            },
          ],
        },
      },
      status: active(),
    };
  },
});
