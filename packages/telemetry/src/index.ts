/** The neutral telemetry model, defineTelemetry and telemetry.yaml, and merging with isolation. */
export {};
