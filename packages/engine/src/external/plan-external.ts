import { externalMark } from "@orrery/charm";
import type { Connection, ExternalObject, Fact } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { theModel } from "../model/model.ts";
import { problemFrom } from "../settling/problem-from.ts";
import type { Comparison, Drift } from "./compare-objects.ts";
import { compareObjects } from "./compare-objects.ts";
import type { ExternalRecord, RecordedChange } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { externalRuntime } from "./external-runtime.ts";
import { findObjects } from "./find-objects.ts";
import { objectsSite, placesOf } from "./objects-site.ts";
import { openSystem } from "./open-system.ts";
import { wantedOf } from "./the-external.ts";

/** What `apply` would do to a foreign system, and what is known of that. Plain JSON. */
export interface ExternalPlan {
  readonly application: string;
  readonly backend: string;
  readonly connection: Connection;
  /** What objects of this connection bear; files in their first line, after a number sign. */
  readonly mark: string;
  /** Whether the system has ever answered. */
  readonly known: boolean;
  readonly facts: readonly Fact[];
  /** All that is wanted, by key. */
  readonly objects: Readonly<Record<string, ExternalObject>>;
  readonly changes: readonly PlannedChange[];
  /** Objects that somebody else has changed, removed or put there. */
  readonly drift: readonly Drift[];
  /** How many objects are as they are wanted. */
  readonly unchanged: number;
  /** What keeps the plan from being applied (`error`), and what else was found. */
  readonly problems: readonly Problem[];
  /** What is not carried (`error`), carried with a change or a warning, or carried in another way (`info`). */
  readonly losses: readonly Problem[];
  /** An earlier command that was interrupted and has been brought to its end now. */
  readonly recovered?: string;
}

/** One object that would change. */
export interface PlannedChange extends RecordedChange {
  readonly action: "create" | "change" | "remove";
}

/** Compares what is wanted with what is there; the system was looked at just before. */
export async function planExternal(core: Core, record: ExternalRecord): Promise<ExternalPlan> {
  const key = externalKey(record.application, record.name);
  const runtime = externalRuntime(core, key);
  const wanted = wantedOf(core, record);
  const objects = wanted?.objects;
  const problems = [...runtime.problems, ...(await movedProblems(core, record))];
  let compared: Comparison = { changes: [], drift: runtime.drift };
  if (objects !== undefined && record.capabilities !== undefined) {
    try {
      compared = await compareWanted(core, record, objects);
    } catch (cause) {
      const found = problemFrom(cause, {
        code: "EXTERNAL_UNREACHABLE",
        origin: { application: record.application },
      });
      // Without a folder, say, there is nothing to compare with: all of it would be created.
      compared = compareObjects(objects, record.applied, {});
      if (!problems.some(({ code }) => code === found.code)) problems.push(found);
    }
  }
  const { application, backend, connection, facts = [] } = record;
  return {
    application,
    backend,
    connection,
    mark: externalMark({ modelUuid: theModel(core.db).uuid, application, name: record.name }),
    known: record.capabilities !== undefined,
    facts,
    objects: objects ?? {},
    changes: compared.changes.map((change) => ({ ...change, action: actionOf(change) })),
    drift: compared.drift,
    unchanged: Object.keys(objects ?? {}).filter((one) =>
      compared.changes.every((change) => change.key !== one),
    ).length,
    problems,
    losses: wanted?.losses ?? [],
  };
}

/** Reads what is there and compares it with what is wanted. @throws OrreryError when it cannot be read. */
export async function compareWanted(
  core: Core,
  record: ExternalRecord,
  wanted: Readonly<Record<string, ExternalObject>>,
): Promise<Comparison> {
  const store = (await openSystem(core, record, await objectsSite(core, record, record.place))).store();
  const found = await findObjects(store, [...Object.keys(wanted), ...Object.keys(record.applied)]);
  return compareObjects(wanted, record.applied, found);
}

async function movedProblems(core: Core, record: ExternalRecord): Promise<readonly Problem[]> {
  const { application, place } = record;
  if (!place) return [];
  try {
    const { now, before, same } = await placesOf(core, record, [record, place]);
    if (same) return [];
    const count = Object.keys(record.applied).length;
    const message = `${count} objects were applied to ${before}, and the connection now names ${now || "no place"}`;
    return [problem("EXTERNAL_MOVED", { message, origin: { application } })];
  } catch {
    // That it cannot be reached is told by the look.
    return [];
  }
}

function actionOf({ before, after }: RecordedChange): PlannedChange["action"] {
  if (before === undefined) return "create";
  return after === undefined ? "remove" : "change";
}
