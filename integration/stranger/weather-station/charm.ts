import { active, defineCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { weatherStation } from "./telemetry.ts";

export default defineCharm({
  name: "weather-station",
  summary: "Tells how warm it is.",
  config: {
    celsius: { type: "float", default: 20, description: "How warm it is." },
  },
  ports: { http: { prefer: 8000 } },
  containers: { station: { program: "node" } },
  endpoints: { ...observable(weatherStation) },
  telemetry: weatherStation,
  reconcile({ config, network, containers }) {
    return {
      containers: {
        station: {
          services: {
            station: {
              command: [containers.station.program, "station.js"],
              environment: {
                HOST: network.address,
                PORT: String(network.ports.http),
                CELSIUS: String(config.celsius),
              },
            },
          },
        },
      },
      status: active(`${config.celsius} °C`),
    };
  },
});
