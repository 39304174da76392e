import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** What the engine tells of itself. */
export const orrery: TelemetryDeclaration = defineTelemetry({
  product: "orrery",
  owner: "operations",
  metrics: [{ port: "metrics" }],
  rules: files("./rules"),
});
