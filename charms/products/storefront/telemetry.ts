import { defineTelemetry, files } from "@orrery/telemetry";
import type { TelemetryDeclaration } from "@orrery/telemetry";

/** All that the shop's team says about what the shop emits. */
export const storefront: TelemetryDeclaration = defineTelemetry({
  product: "storefront",
  owner: "web-team",
  metrics: [{ port: "http" }],
  rules: files("./rules"),
});
