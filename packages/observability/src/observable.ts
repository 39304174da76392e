import type { Endpoint } from "@orrery/charm";
import { provider } from "@orrery/relations/prometheus-scrape";
import type { ScrapeFeedback } from "@orrery/relations/prometheus-scrape";
import type { Telemetry, TelemetryDeclaration } from "@orrery/telemetry";

/** Names of endpoints, where the standard ones will not do. */
export interface EndpointNames {
  /** `metrics-endpoint` when absent; charms that take metrics themselves use `self-metrics-endpoint`. */
  readonly metrics?: string;
}

/** The endpoint over which metrics and rules are offered. */
export type MetricsEndpoint = Endpoint<ScrapeFeedback, Telemetry>;

type MetricsName<Names extends EndpointNames> = Names extends { readonly metrics: infer Name extends string }
  ? Name
  : "metrics-endpoint";

/** The endpoints that a declaration calls for, by name. */
export type ObservableEndpoints<Declaration extends TelemetryDeclaration, Names extends EndpointNames> =
  Extract<keyof Declaration, "metrics" | "rules"> extends never
    ? object
    : { readonly [Name in MetricsName<Names>]: MetricsEndpoint };

/**
 * Gives every standard endpoint that a declaration calls for, to be spread into a charm's endpoints.
 *
 * Metrics or rules call for a `prometheus_scrape` provider. What goes over it is the charm's own telemetry, which the framework
 * publishes by itself; which endpoints there are depends on the declaration alone, never on a view.
 */
export function observable<
  const Declaration extends TelemetryDeclaration,
  const Names extends EndpointNames = EndpointNames,
>(declaration: Declaration, names?: Names): ObservableEndpoints<Declaration, Names> {
  const wanted = declaration.metrics !== undefined || declaration.rules !== undefined;
  const endpoint: MetricsEndpoint = provider({
    optional: true,
    description: `Metrics and alert rules of ${declaration.product}.`,
  });
  const endpoints = wanted ? { [names?.metrics ?? "metrics-endpoint"]: endpoint } : {};
  // The type says by the declaration's own type what the line above says by its value.
  return endpoints as ObservableEndpoints<Declaration, Names>;
}
