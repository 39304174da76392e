/** The neutral telemetry model and the declarations that compile to it. */
export type {
  Authorization,
  Credential,
  Decoded,
  Relabeling,
  ScrapeJob,
  ScrapeTarget,
  ScrapeTls,
  Telemetry,
} from "./model.ts";
export { files } from "./declaration.ts";
export type { Assets, FilesMarker, MetricsDeclaration, TelemetryDeclaration, Texts } from "./declaration.ts";
