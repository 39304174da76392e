/** How a Loki should behave, from its charm's options. Loki counts a megabyte as 1024 · 1024 bytes. */
export interface LokiSettings {
  /** Days that lines are kept; 0 for ever. */
  readonly retentionDays: number;
  /** Megabytes a second, of all senders together and of each stream. */
  readonly ingestionRateMb: number;
  /** Megabytes that may come at once past the rate. */
  readonly ingestionBurstMb: number;
  /** Kilobytes of one line; a longer one is refused, and its sender told. */
  readonly maxLineKb: number;
  /** Streams that are written to at the same time. */
  readonly maxStreams: number;
  /** How full the disk may be, in percent, until lines are refused; taken by 3.7 and newer. */
  readonly diskFullPercent: number;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** Whether statistics of use are sent to Grafana Labs. */
  readonly reporting: boolean;
}
