/** The Loki backend: compiles its configuration, and reads back whether log lines arrive. */
export { loki } from "./loki.ts";
export type { LokiBackend } from "./loki.ts";
export type { LokiCapabilities } from "./capabilities.ts";
export { configuration } from "./compile/configuration.ts";
export type { LokiFiles } from "./compile/configuration.ts";
export type { LogContributor } from "./compile/contributor.ts";
export type { LokiSettings } from "./compile/settings.ts";
export { rejections } from "../judging/rejections.ts";
export type { Rejected } from "../judging/rejections.ts";
