import type { Core } from "../core.ts";
import { refreshStatus } from "./effective-status.ts";
import { problemFrom } from "./problem-from.ts";
import type { ContainerObservation } from "../substrate/substrate.ts";
import { runtimeOf } from "./unit-runtime.ts";

/** Looks at a unit's workload. Says whether it changed; a unit that could not be looked at stays as it was seen. */
export async function lookAt(core: Core, name: string): Promise<boolean> {
  const runtime = runtimeOf(core, name);
  const { observation: last } = runtime;
  const before = JSON.stringify(last);
  try {
    runtime.observation = await core.around.substrate.observe(name);
    core.failures.clear("observe", name);
  } catch (cause) {
    const now = core.around.clock();
    const found = problemFrom(cause, { code: "OBSERVATION_FAILED", origin: { unit: name } });
    const { count } = core.failures.add("observe", name, { problem: found, now });
    if (count === 1) core.log.write("WARNING", name, `${found.code}: ${found.message}`);
    runtime.observation ??= {};
  }
  if (JSON.stringify(runtime.observation) === before) return false;
  for (const told of restartsSince(last ?? {}, runtime.observation)) core.log.write("WARNING", name, told);
  core.dirty.add(name);
  if (core.db.states.has(name)) refreshStatus(core, name);
  return true;
}

/** What ended without being asked to and was started again between two looks: it may be well again before anybody sees it down. */
function restartsSince(
  before: Readonly<Record<string, ContainerObservation>>,
  now: Readonly<Record<string, ContainerObservation>>,
): readonly string[] {
  return Object.entries(now).flatMap(([container, { services }]) =>
    Object.entries(services).flatMap(([service, { restarts }]) => {
      const known = before[container]?.services[service]?.restarts;
      if (known === undefined || restarts <= known) return [];
      return [`service ${service} ended by itself and was started again (restart ${restarts})`];
    }),
  );
}
