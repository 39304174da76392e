import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** What a machine tells of itself through node exporter. */
export const machine: TelemetryDeclaration = defineTelemetry({
  product: "machine",
  owner: "operations",
  metrics: [{ port: "metrics" }],
  rules: files("./rules"),
});
