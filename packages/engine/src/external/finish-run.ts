import type { Core } from "../core.ts";
import { now } from "../core.ts";
import type { TableChange } from "../store/table.ts";
import { endBridge } from "./end-bridge.ts";
import type { ExternalRun } from "./external-record.ts";
import { externalKey } from "./external-record.ts";

/** The changes of the state that end a run: what is applied now, what can be undone, and that nothing is under way any more. */
export function finishRun(core: Core, run: ExternalRun): readonly TableChange[] {
  const { external, externalRuns, externalUndos } = core.db;
  const key = externalKey(run.application, run.name);
  const record = external.get(key);
  const ended = externalRuns.drop(key);
  if (run.kind === "disconnect") return [ended, ...endBridge(core, run)];
  if (!record) return [ended, externalUndos.drop(key)];
  const applied = run.way === "forward" ? run.applied : run.appliedBefore;
  const { place: _place, ...rest } = record;
  const has = Object.keys(applied).length > 0;
  const standing = external.put(key, { ...rest, applied, ...(has ? { place: run.site } : {}) });
  if (run.way === "back") return [ended, standing];
  const undo =
    run.kind === "apply"
      ? externalUndos.put(key, { changes: run.changes, applied: run.appliedBefore, finished: now(core) })
      : externalUndos.drop(key);
  return [ended, standing, undo];
}
