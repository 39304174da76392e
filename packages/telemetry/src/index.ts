/** The neutral telemetry model and the declarations that compile to it. */
export type {
  Authorization,
  Credential,
  Decoded,
  Relabeling,
  ScrapeJob,
  ScrapeTarget,
  ScrapeTls,
  SecretReference,
  Telemetry,
} from "./model.ts";
export { files } from "./declaration.ts";
export type {
  Assets,
  DeclaredAuthorization,
  FilesMarker,
  MetricsDeclaration,
  TelemetryDeclaration,
  Texts,
} from "./declaration.ts";
export { defineTelemetry } from "./define-telemetry.ts";
export { formatTargetAddress, grantCheck, parseTargetAddress } from "./target-address.ts";
export type { TargetAddress } from "./target-address.ts";
export { MAX_TELEMETRY_YAML_BYTES, parseTelemetryYaml } from "./telemetry-yaml.ts";
export type { ParsedTelemetry } from "./telemetry-yaml.ts";
export { bindTelemetry } from "./bind-telemetry.ts";
export type { TelemetryBindings } from "./bind-telemetry.ts";
export { resolveDeclaration } from "./resolve-declaration.ts";
export type { ResolvedTelemetry } from "./resolve-declaration.ts";
export type { RuleOption } from "./rule-option.ts";
