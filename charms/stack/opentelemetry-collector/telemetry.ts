import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** What a Collector tells of itself. */
export const collectorTelemetry: TelemetryDeclaration = defineTelemetry({
  product: "opentelemetry-collector",
  owner: "operations",
  metrics: [{ port: "metrics" }],
  rules: files("./rules"),
});
