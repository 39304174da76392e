/** Codes of telemetry declarations: what a product's own team, or the operator who tunes its rules, can meet. */
export const telemetryCodes = {
  TELEMETRY_INVALID: {
    title: "the telemetry declaration is not valid",
    meaning:
      "What a product declares about its telemetry is not of the allowed form. The product is not deployed, or stays as it was.",
    remedy: "correct the declaration as the message says",
  },
  TELEMETRY_UNKNOWN_PORT: {
    title: "the declaration names a port that the charm does not have",
    meaning:
      "A metrics endpoint names a port that the charm does not declare. That endpoint is left out; the others stand.",
    remedy: "declare the port in the charm, or correct its name in the declaration",
  },
  TELEMETRY_TARGET_INVALID: {
    title: "a target is not an address that can be scraped",
    meaning:
      "A target that the operator gave is not host:port in its one canonical spelling, is link-local or unspecified, or belongs to no declared endpoint. That target is left out; the others stand.",
    remedy: "give targets as host:port, IPv4 in four decimal parts, with the port of a declared endpoint",
  },
} as const;
