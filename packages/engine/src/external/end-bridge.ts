import { planRemoveApplication } from "../commands/remove-application.ts";
import type { Core } from "../core.ts";
import type { TableChange } from "../store/table.ts";
import type { ExternalRecord } from "./external-record.ts";
import { externalKey } from "./external-record.ts";

/** The changes of the state that end a bridge whose objects are gone: its application goes with it, if it is still there. */
export function endBridge(
  core: Core,
  { application, name }: Pick<ExternalRecord, "application" | "name">,
): readonly TableChange[] {
  const key = externalKey(application, name);
  const drops = [core.db.external.drop(key), core.db.externalUndos.drop(key)];
  if (core.db.applications.get(application)?.life !== "alive") return drops;
  const plan = planRemoveApplication(core, { command: "remove-application", application });
  for (const unit of plan.dirty) core.dirty.add(unit);
  return [...drops, ...plan.changes];
}
