/** The OpenTelemetry Collector backend: compiles the configuration of a collector that reads units' logs and sends them to Lokis. */
export type { CollectorCapabilities } from "./capabilities.ts";
export { configuration } from "./compile/configuration.ts";
export type { CollectorFiles, CollectorSettings } from "./compile/configuration.ts";
export { otlpUrl } from "./compile/loki-exporter.ts";
export { rejections } from "../judging/rejections.ts";
export type { Rejected } from "../judging/rejections.ts";
