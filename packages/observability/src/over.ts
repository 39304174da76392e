import type { MetricsDeclaration, TelemetryDeclaration } from "@orrery/telemetry";

/** Values of a declaration that may depend on what a unit sees. */
export interface TelemetryChanges {
  /** Put over every metrics endpoint. */
  readonly metrics?: Partial<MetricsDeclaration>;
}

/**
 * Gives a declaration with values replaced, to be returned by a charm's `adapt`: `over(storefront, { metrics: { scheme: "https" } })`.
 *
 * It adds and removes no endpoints, and leaves the declaration that it was given as it was.
 */
export function over(declaration: TelemetryDeclaration, changes: TelemetryChanges): TelemetryDeclaration {
  const { metrics } = changes;
  if (metrics === undefined || declaration.metrics === undefined) return declaration;
  return { ...declaration, metrics: declaration.metrics.map((one) => ({ ...one, ...metrics })) };
}
