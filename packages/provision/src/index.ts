/** Find, unpack, build or download the programs that charms run. */
export { provision } from "./provision.ts";
export { inspectPrograms } from "./inspect-programs.ts";
export type { ProgramReport } from "./inspect-programs.ts";
export type { Installed } from "./installed.ts";
export type { ProvisionOptions } from "./session.ts";
export { defaultCacheFolder } from "./cache/default-cache-folder.ts";
export { readZipContent, readZipDirectory } from "./archives/read-zip.ts";
export type { ZipEntry } from "./archives/read-zip.ts";
export { formatProgress } from "./progress/format-progress.ts";
export type { Phase, ProgressEvent, SourceName } from "./progress/progress-event.ts";
export { programCatalog } from "./program-catalog.ts";
export type {
  DebianRecipe,
  GoBuildRecipe,
  GoToolchainRecipe,
  MakingRecipe,
  NoteRule,
  Platform,
  ProgramBinary,
  ProgramManifest,
  ReleaseRecipe,
  SourceRecipe,
  StartProbe,
  VersionProbe,
} from "./program-manifest.ts";
export type { Surroundings } from "./surroundings.ts";
export type { ProcessResult, RunProcess, RunProcessOptions } from "./process/run-process.ts";
