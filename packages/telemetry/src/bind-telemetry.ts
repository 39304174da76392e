import type { Topology } from "@orrery/topology";
import { bindScrapes } from "./bind-scrapes.ts";
import type { SharedAddress } from "./bind-scrapes.ts";
import type { MetricsDeclaration } from "./declaration.ts";
import { bindDeclaredRules } from "./declared-rules.ts";
import type { Decoded, Telemetry } from "./model.ts";
import type { ResolvedTelemetry } from "./resolve-declaration.ts";

/** What makes a declaration one application's telemetry. */
export interface TelemetryBindings {
  /** The application; no unit. */
  readonly identity: Topology;
  /** The declaration's endpoints, with values that depend on the view. */
  readonly metrics: readonly MetricsDeclaration[];
  /** Numbers of the charm's named ports. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where the application's units share an address, and so have numbers of their own. */
  readonly shared?: SharedAddress;
  /** Values of the charm's options; those that tune rules are taken. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** The units that the application is meant to have. */
  readonly units: readonly string[];
  /** Where the product answers, `host:port` or a bare host, when it is not the application's own units. */
  readonly targets?: readonly string[];
}

/**
 * Makes a resolved declaration one application's telemetry: ports as numbers, parameters as values, rules in Prometheus's form with
 * identity labels and scoped expressions. What cannot be bound is left out alone, with a problem.
 */
export function bindTelemetry(resolved: ResolvedTelemetry, bindings: TelemetryBindings): Decoded<Telemetry> {
  const { identity, metrics, ports, shared, options, units, targets } = bindings;
  const { owner } = resolved.declaration;
  const scrapes = bindScrapes({
    application: identity.application,
    metrics,
    ports,
    ...(shared === undefined ? {} : { shared }),
    ...(targets === undefined ? {} : { targets }),
  });
  const rules = bindDeclaredRules(resolved, {
    identity,
    options,
    // Targets outside the application bear no unit, so that a unit's absence could not be told.
    units: targets === undefined ? units : [],
    scraped: scrapes.value.length > 0,
    ...(owner === undefined ? {} : { owner }),
  });
  return {
    value: {
      identity,
      ...(owner === undefined ? {} : { owner }),
      scrapes: scrapes.value,
      ruleGroups: rules.value,
    },
    problems: [...scrapes.problems, ...rules.problems],
  };
}
