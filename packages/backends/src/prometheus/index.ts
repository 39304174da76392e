/** The Prometheus backend: compiles telemetry to the files that a server reads, and reads back what it made of them. */
export { prometheus } from "./prometheus.ts";
export type { PrometheusBackend } from "./prometheus.ts";
export { SCRAPE_LIMITS, isAtLeast } from "./capabilities.ts";
export type { PrometheusCapabilities, ScrapeLimits } from "./capabilities.ts";
export type { ContributedJob, PrometheusContribution } from "./compile/contributor.ts";
export type { ScrapeConfig } from "./compile/compile-job.ts";
export { mainFile } from "./main/main-file.ts";
export type { AlertmanagerTarget, MainFile, PrometheusConfig } from "./main/main-file.ts";
export { acceptedJobs } from "./judging/accepted-jobs.ts";
export { rejections } from "../judging/rejections.ts";
export type { Rejected } from "../judging/rejections.ts";
export { atUnit } from "./compile/at-unit.ts";
export { sharedSecrets } from "./compile/shared-secrets.ts";
export type { SharedSecrets } from "./compile/shared-secrets.ts";
export { WEB_CONFIG, webConfigFiles } from "../writing/web-config.ts";
