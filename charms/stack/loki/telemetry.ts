import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** What a Loki tells of itself. */
export const lokiTelemetry: TelemetryDeclaration = defineTelemetry({
  product: "loki",
  owner: "operations",
  metrics: [{ port: "http" }],
  rules: files("./rules"),
});
