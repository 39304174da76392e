/** Where a Collector finds and keeps its files, and where it listens. */
export interface CollectorCapabilities {
  /** Path of the Collector itself, which judges its configuration before it goes live. */
  readonly program: string;
  /** Absolute folder of positions and of what was not sent yet. */
  readonly storage: string;
  /** IP address to listen on; nothing listens anywhere else. */
  readonly address: string;
  /** Port of its own metrics. */
  readonly metricsPort: number;
  /** Port at which it says that it is well. */
  readonly healthPort: number;
}
