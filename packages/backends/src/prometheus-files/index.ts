/** The backend of Prometheus servers that somebody else runs: looks at them, compiles files for them, and reads what they made of those. */
export { prometheusFiles } from "./prometheus-files.ts";
export { readCapabilities } from "./capabilities.ts";
export type { PrometheusFilesCapabilities, TheirRule, TheirTarget } from "./capabilities.ts";
export { compileShare } from "./compile/compile-share.ts";
export type { FilesTarget } from "./compile/files-target.ts";
export { joinShares } from "./compile/share.ts";
export type { FilesShare } from "./compile/share.ts";
