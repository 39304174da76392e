import type { Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { unitsOf } from "../model/model.ts";
import { refreshStatus } from "./effective-status.ts";
import type { Stage } from "./failures.ts";

/** Notes that something failed for a unit, or for an application's charm; it is tried again later, others go on. */
export function fail(
  core: Core,
  stage: Stage,
  what: { readonly entity: string; readonly problem: Problem },
): void {
  const { entity, problem } = what;
  const now = core.around.clock();
  const { count, retryAt } = core.failures.add(stage, entity, { problem, now });
  const seconds = Math.round((retryAt - now) / 1000);
  core.log.write(
    "ERROR",
    entity,
    `${problem.code}: ${problem.message} (time ${count}; again in ${seconds} s)`,
  );
  const units = stage === "charm" ? unitsOf(core.db, entity).map(({ name }) => name) : [entity];
  for (const unit of units) refreshStatus(core, unit);
}
