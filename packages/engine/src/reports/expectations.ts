import type { BackendUse, Expectation, Outcome } from "@orrery/charm";
import type { Core } from "../core.ts";

/** What one container's, or one foreign, monitoring system should be found to have. */
export interface UnitExpectations {
  readonly unit: string;
  readonly application: string;
  readonly container: string;
  /** Which backend is asked, and where; absent where the container names none, so that nothing can be read back. */
  readonly backend?: AskedBackend;
  readonly expectations: readonly Expectation[];
}

/** A monitoring system that can be asked. */
export interface AskedBackend extends BackendUse {
  /** It is asked by way of this host, which has the credentials for it; straight at its URL when absent. */
  readonly via?: "host";
}

/** What the units' last good outcomes expect, by unit and container; containers with a backend are there with none too. */
export function reportExpectations(core: Core): readonly UnitExpectations[] {
  return core.db.units.values().flatMap(({ name: unit, application }) => {
    const outcome = core.runtimes.get(unit)?.outcome;
    if (!outcome) return [];
    const names = new Set([
      ...Object.keys(outcome.external),
      ...Object.keys(outcome.containers),
      ...outcome.expectations.map(({ container }) => container),
    ]);
    return [...names].flatMap((container) => {
      const backend = backendOf(outcome, container);
      const expectations = outcome.expectations.filter((one) => one.container === container);
      if (!backend && expectations.length === 0) return [];
      return [{ unit, application, container, ...(backend ? { backend } : {}), expectations }];
    });
  });
}

function backendOf({ containers, external }: Outcome, name: string): AskedBackend | undefined {
  if (Object.hasOwn(containers, name)) return containers[name]?.backend;
  const { backend, connection } = (Object.hasOwn(external, name) ? external[name] : undefined) ?? {};
  const url = connection?.["url"];
  return backend === undefined || url === undefined ? undefined : { name: backend, url, via: "host" };
}
