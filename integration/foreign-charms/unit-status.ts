import type { ModelStatus } from "@orrery/engine";
import type { World } from "../world/world.ts";

/** How an application's first unit is. */
export async function statusOf(
  world: World,
  application: string,
): Promise<{ readonly current: string; readonly message: string }> {
  const status = await world.json<ModelStatus>("status");
  const found = status.applications[application]?.units[`${application}/0`]?.["workload-status"];
  return { current: found?.current ?? "", message: found?.message ?? "" };
}
