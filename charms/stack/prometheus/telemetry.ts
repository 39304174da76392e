import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** What a Prometheus tells of itself. */
export const prometheusTelemetry: TelemetryDeclaration = defineTelemetry({
  product: "prometheus",
  owner: "operations",
  metrics: [{ port: "web" }],
  rules: files("./rules"),
});
