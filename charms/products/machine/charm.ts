import { active, defineCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { machine } from "./telemetry.ts";

export default defineCharm({
  name: "machine",
  summary: "The machine that everything runs on, by node exporter.",
  ports: { metrics: { prefer: 9100 } },
  containers: { exporter: { program: "node_exporter" } },
  endpoints: { ...observable(machine) },
  telemetry: machine,
  reconcile({ network, containers }) {
    const { address, ports } = network;
    return {
      containers: {
        exporter: {
          services: {
            exporter: {
              command: [containers.exporter.program, `--web.listen-address=${address}:${ports.metrics}`],
            },
          },
          checks: { answers: { level: "alive", tcp: { host: address, port: ports.metrics } } },
        },
      },
      status: active(),
    };
  },
});
