import type { ConfigSchema } from "@orrery/charm";

/** One number and one unit, above 0, as Prometheus writes durations. */
const DURATION = "[1-9][0-9]*(ms|[smhdwy])";

/** What an operator may set; what rules declare as parameters comes on top. */
export const options = {
  "webhook-url": {
    type: "string",
    pattern: "https?://[^\\s@]+",
    description: "Where each notification is posted as JSON, beside what a remote configuration says.",
  },
  "webhook-url-secret": {
    type: "secret",
    description:
      "The same as a secret's key `url`, for an address that nobody else should know; goes before webhook-url.",
  },
  "group-wait": {
    type: "string",
    default: "5s",
    pattern: DURATION,
    description: "How long the first alert of a group waits for others.",
  },
  "group-interval": {
    type: "string",
    default: "30s",
    pattern: DURATION,
    description: "How soon changes of a group are told.",
  },
  "repeat-interval": {
    type: "string",
    default: "1h",
    pattern: DURATION,
    description: "How soon what has not changed is told again.",
  },
  "heartbeat-interval": {
    type: "string",
    default: "5m",
    pattern: `off|${DURATION}`,
    description:
      "How often the alert that always fires is delivered, which proves the way; off: like any other.",
  },
  "data-retention": {
    type: "string",
    default: "120h",
    pattern: DURATION,
    description: "How long silences and what was told are remembered.",
  },
  "log-level": {
    type: "string",
    default: "info",
    oneOf: ["debug", "info", "warn", "error"],
    description: "What Alertmanager logs.",
  },
} as const satisfies ConfigSchema;
