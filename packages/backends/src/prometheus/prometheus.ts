import type { Backend } from "@orrery/charm";
import type { PrometheusCapabilities } from "./capabilities.ts";
import { contributor } from "./compile/contributor.ts";
import type { PrometheusContribution } from "./compile/contributor.ts";
import { confirmPrometheus } from "./read/confirm-prometheus.ts";
import { readPrometheus } from "./read/read-prometheus.ts";
import type { Telemetry } from "@orrery/telemetry";

/** The backend of Prometheus servers that are configured by files; 2.42 and newer. */
export interface PrometheusBackend extends Backend<PrometheusCapabilities> {
  readonly contributor: (key: string, one: Telemetry, to: PrometheusCapabilities) => PrometheusContribution;
}

/** Compiles telemetry to Prometheus's files, and asks a Prometheus what it has. */
export const prometheus: PrometheusBackend = {
  name: "prometheus",
  contributor,
  read: readPrometheus,
  confirm: confirmPrometheus,
};
