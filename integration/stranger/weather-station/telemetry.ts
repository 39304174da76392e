import { defineTelemetry, files } from "@orrery/telemetry";

export const weatherStation = defineTelemetry({
  product: "weather-station",
  owner: "weather-team",
  metrics: [{ port: "http" }],
  rules: files("./rules"),
});
