import type { ModelStatus } from "@orrery/engine";
import type { InquiredApplication, Inquiry } from "@orrery/verify";
import type { EngineClient } from "@orrery/engine-local/client";

/** Gathers from an engine all that verification asks about; what comes from different moments is mended by the next look. */
export async function inquire(engine: EngineClient): Promise<Inquiry> {
  const [status, expectations, problems] = await Promise.all([
    engine.status(),
    engine.expectations(),
    engine.problems(),
  ]);
  return {
    applications: applicationsOf(status),
    expected: expectations.flatMap(({ unit, backend, expectations: own }) =>
      own.map((one) => ({ ...one, by: unit, ...(backend ? { backend } : {}) })),
    ),
    problems,
  };
}

function applicationsOf({ applications }: ModelStatus): readonly InquiredApplication[] {
  return Object.entries(applications).map(([name, application]) => ({
    name,
    endpoints: Object.entries(application.endpoints).map(([endpoint, { role, interface: of }]) => ({
      name: endpoint,
      role,
      interface: of,
      related: (application.relations[endpoint] ?? []).map((relation) => relation["related-application"]),
    })),
    units: Object.entries(application.units).map(
      ([
        unit,
        {
          "workload-status": { current, message = "" },
        },
      ]) => ({
        name: unit,
        status: current,
        message,
      }),
    ),
  }));
}
