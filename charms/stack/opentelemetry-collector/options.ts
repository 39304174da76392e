import type { ConfigSchema } from "@orrery/charm";

/** What an operator may set; what rules declare as parameters comes on top. */
export const options = {
  "unit-logs": {
    type: "string",
    // Without what a pattern of files would read otherwise.
    pattern: "(/[^/*?\\[\\]{}\\\\]+)+",
    description:
      "Folder of units whose services' logs are read: `units` in the engine's data folder. Nothing is read without it.",
  },
  "queue-size": {
    type: "int",
    default: 1000,
    minimum: 1,
    maximum: 100_000,
    description:
      "Batches of lines that are kept on disk for each Loki that does not take them; once full, reading waits.",
  },
  "memory-limit-mib": {
    type: "int",
    default: 256,
    minimum: 64,
    description: "Memory past which reading waits.",
  },
  "log-level": {
    type: "string",
    default: "info",
    oneOf: ["debug", "info", "warn", "error"],
    description: "What the Collector logs.",
  },
} as const satisfies ConfigSchema;
