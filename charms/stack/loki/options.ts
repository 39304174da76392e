import type { ConfigSchema } from "@orrery/charm";

/** What an operator may set; what rules declare as parameters comes on top. */
export const options = {
  "retention-period": {
    type: "int",
    default: 30,
    minimum: 0,
    maximum: 3650,
    description: "Days that lines are kept; 0 keeps them for ever.",
  },
  "ingestion-rate-mb": {
    type: "int",
    default: 4,
    minimum: 1,
    maximum: 1000,
    description:
      "Megabytes a second that all senders together may push, and each stream; past it, pushes are refused.",
  },
  "ingestion-burst-size-mb": {
    type: "int",
    default: 15,
    minimum: 1,
    maximum: 1000,
    description: "Megabytes that may come at once past the rate; one push may not be larger.",
  },
  "max-line-size-kb": {
    type: "int",
    default: 256,
    minimum: 1,
    maximum: 2048,
    description: "Kilobytes of one line; a longer one is refused, and its sender told.",
  },
  "max-streams": {
    type: "int",
    default: 5000,
    minimum: 10,
    description: "Streams, which are sets of labels, that are written to at the same time; more are refused.",
  },
  "disk-full-percent": {
    type: "int",
    default: 90,
    minimum: 1,
    maximum: 100,
    description: "How full the disk may be until lines are refused; Loki 3.7 and newer.",
  },
  "rule-scoping": {
    type: "string",
    default: "strict",
    oneOf: ["strict", "compatible"],
    description: "Whether senders may name their own application alone, or forwarders may speak for others.",
  },
  "reporting-enabled": {
    type: "boolean",
    default: false,
    description: "Whether Loki sends statistics of its use to Grafana Labs.",
  },
  "log-level": {
    type: "string",
    default: "info",
    oneOf: ["debug", "info", "warn", "error"],
    description: "What Loki logs.",
  },
} as const satisfies ConfigSchema;
