import type { ConfigSchema } from "@orrery/charm";

/** One number and one unit, above 0, as Prometheus writes durations. */
const DURATION = "[1-9][0-9]*(ms|[smhdwy])";

/** What an operator may set; what rules declare as parameters comes on top. */
export const options = {
  "scrape-interval": {
    type: "string",
    default: "1m",
    pattern: DURATION,
    description: "How often targets are scraped whose product does not say.",
  },
  "scrape-timeout": {
    type: "string",
    default: "10s",
    pattern: DURATION,
    description: "How long a scrape may take; at most the interval.",
  },
  "evaluation-interval": {
    type: "string",
    default: "1m",
    pattern: DURATION,
    description: "How often rules are evaluated whose group does not say.",
  },
  "metrics-retention-time": {
    type: "string",
    default: "15d",
    pattern: DURATION,
    description: "How long samples are kept.",
  },
  "maximum-retention-size": {
    type: "string",
    pattern: "[1-9][0-9]*(B|KB|MB|GB|TB)",
    description: "How much room samples may take; no limit when absent.",
  },
  "sample-limit": {
    type: "int",
    default: 50_000,
    minimum: 1,
    description: "Samples that one scrape may bring; past it, it fails.",
  },
  "label-limit": {
    type: "int",
    default: 64,
    minimum: 16,
    description: "Labels that one sample may have; past it, the scrape fails.",
  },
  "label-name-length-limit": {
    type: "int",
    default: 256,
    minimum: 64,
    description: "Bytes of a label's name.",
  },
  "label-value-length-limit": {
    type: "int",
    default: 4096,
    minimum: 128,
    description: "Bytes of a label's value.",
  },
  "target-limit": {
    type: "int",
    default: 1000,
    minimum: 1,
    description: "Targets that one job may have; past it, none of them is scraped.",
  },
  "body-size-limit": {
    type: "string",
    default: "64MB",
    pattern: "[1-9][0-9]*(KB|MB|GB)",
    description: "Size that the answer to one scrape may have.",
  },
  "rule-scoping": {
    type: "string",
    default: "strict",
    oneOf: ["strict", "compatible"],
    description:
      "Whether rules may name their own application alone, or foreign charms' own scoping stays as it is.",
  },
  "log-level": {
    type: "string",
    default: "info",
    oneOf: ["debug", "info", "warn", "error"],
    description: "What Prometheus logs.",
  },
} as const satisfies ConfigSchema;
