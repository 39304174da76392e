/** What a Loki can do, where it finds and keeps its files, and where it listens. */
export interface LokiCapabilities {
  /** Such as `3.7.8`; 3.0 is the oldest supported. */
  readonly version: string;
  /** The container in which it runs: what is expected is asked there. */
  readonly container: string;
  /** Path of Loki itself, which judges its configuration before it goes live. */
  readonly program: string;
  /** Absolute folder of the configuration. */
  readonly folder: string;
  /** Absolute folder of lines, index and write-ahead log. */
  readonly storage: string;
  /** IP address to listen on; nothing listens anywhere else. */
  readonly address: string;
  /** Port of the HTTP API. */
  readonly httpPort: number;
  /** Port over which Loki's parts speak to each other. */
  readonly grpcPort: number;
}

/** Says whether a version `3.x` has at least a minor; an unknown version is taken for the oldest. */
export function hasMinor(version: string, least: number): boolean {
  const [, major = "3", minor = "0"] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > 3 || (Number(major) === 3 && Number(minor) >= least);
}
