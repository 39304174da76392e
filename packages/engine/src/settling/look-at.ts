import type { Core } from "../core.ts";
import { refreshStatus } from "./effective-status.ts";
import { problemFrom } from "./problem-from.ts";
import { runtimeOf } from "./unit-runtime.ts";

/** Looks at a unit's workload. Says whether it changed; a unit that could not be looked at stays as it was seen. */
export async function lookAt(core: Core, name: string): Promise<boolean> {
  const runtime = runtimeOf(core, name);
  const before = JSON.stringify(runtime.observation);
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
  core.dirty.add(name);
  if (core.db.states.has(name)) refreshStatus(core, name);
  return true;
}
