import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** What an Alertmanager tells of itself. */
export const alertmanagerTelemetry: TelemetryDeclaration = defineTelemetry({
  product: "alertmanager",
  owner: "operations",
  metrics: [{ port: "web" }],
  rules: files("./rules"),
});
