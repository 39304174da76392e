import { defineTelemetry } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** How many alerts came, and how many could not be read. */
export const webhookReceiver: TelemetryDeclaration = defineTelemetry({
  product: "webhook-receiver",
  owner: "operations",
  metrics: [{ port: "http" }],
});
