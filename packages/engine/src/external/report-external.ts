import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import type { ExternalRecord } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { digestOf } from "./same-content.ts";
import { wantedOf } from "./the-external.ts";

/** A finding about a foreign system, with the application whose it is. */
export interface ExternalFinding {
  readonly application: string;
  readonly problem: Problem;
}

/** What is wrong with foreign systems now: what the last look found, what somebody else has changed, what waits to be applied, what was left behind. */
export function reportExternal(core: Core): readonly ExternalFinding[] {
  return core.db.external.values().flatMap((record) => {
    const { application } = record;
    const runtime = core.externals.get(externalKey(application, record.name));
    const alive = core.db.applications.get(application)?.life === "alive";
    const found = [
      ...(runtime?.problems ?? []),
      ...(runtime?.drift ?? []).map(({ key, how }) =>
        problem("EXTERNAL_DRIFT", {
          message: `object ${key} was ${how === "removed" ? "removed" : "changed"} by somebody else`,
          severity: "warning",
          origin: { application, file: key },
        }),
      ),
      ...(alive ? waiting(core, record) : leftBehind(record)),
    ];
    return found.map((one) => ({ application, problem: one }));
  });
}

function waiting(core: Core, record: ExternalRecord): readonly Problem[] {
  const objects = wantedOf(core, record)?.objects;
  if (!objects) return [];
  const { application, applied } = record;
  const keys = new Set([...Object.keys(objects), ...Object.keys(applied)]);
  const differing = [...keys].filter((key) => {
    const object = Object.hasOwn(objects, key) ? objects[key] : undefined;
    const before = Object.hasOwn(applied, key) ? applied[key] : undefined;
    return (object && digestOf(object)) !== before?.digest;
  });
  if (differing.length === 0) return [];
  const message = `${differing.length} changes wait to be applied to ${application}`;
  const remedy = `see them with \`orrery plan ${application}\`, then \`orrery apply ${application}\``;
  return [problem("EXTERNAL_NOT_APPLIED", { message, severity: "warning", remedy, origin: { application } })];
}

function leftBehind({ application, applied, connection }: ExternalRecord): readonly Problem[] {
  const count = Object.keys(applied).length;
  if (count === 0) return [];
  const where = connection["url"] ?? "a foreign system";
  const message = `${count} objects of ${application}, which is gone, are still in ${where}`;
  const remedy = `take them away: \`orrery disconnect ${application}\``;
  return [problem("EXTERNAL_LEFT_BEHIND", { message, severity: "warning", remedy, origin: { application } })];
}
