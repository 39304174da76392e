/** The Alertmanager backend: compiles its configuration, and reads back whether notifications arrive. */
export { alertmanager } from "./alertmanager.ts";
export type { AlertmanagerBackend } from "./alertmanager.ts";
export { featureFlags } from "./capabilities.ts";
export type { AlertmanagerCapabilities } from "./capabilities.ts";
export { configuration } from "./compile/configuration.ts";
export type { AlertmanagerFiles } from "./compile/configuration.ts";
export type { AlertmanagerSettings, RemoteConfiguration } from "./compile/settings.ts";
export { rejections } from "../judging/rejections.ts";
export type { Rejected } from "../judging/rejections.ts";
export { WEB_CONFIG, webConfigFiles } from "../writing/web-config.ts";
