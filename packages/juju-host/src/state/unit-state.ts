import type { Deadline } from "@orrery/charm";
import type { HookTools } from "../tools/hook-tools.ts";
import { isRecord } from "../tools/read-answer.ts";
import { readState, writeState } from "../tools/unit-tools.ts";

/** What one hook leaves for the next: Juju keeps it, and forgets it again when the hook fails. */
export interface UnitState {
  /** Moments at which the charm wants to be run again. */
  readonly deadlines: readonly Deadline[];
  /** Relations that own secrets were granted to, by the secret's URI. */
  readonly grants: Readonly<Record<string, readonly number[]>>;
  /** Digest of the problems that were last logged, so that each is logged once. */
  readonly told: string;
  /** The workload's version that was last set. */
  readonly workloadVersion: string;
}

/** Key of Juju's unit state under which all of it lies, as JSON. */
const KEY = "orrery";

/** What a unit has at its first hook. */
export const noState: UnitState = { deadlines: [], grants: {}, told: "", workloadVersion: "" };

/** Reads what the last hook left; what cannot be read, such as another version's, counts as nothing. */
export async function loadState(tools: HookTools): Promise<UnitState> {
  const text = await readState(tools, KEY);
  if (text === undefined) return noState;
  const found = parse(text);
  return {
    deadlines: Array.isArray(found["deadlines"]) ? found["deadlines"].filter(isDeadline) : [],
    grants: Object.fromEntries(
      Object.entries(isRecord(found["grants"]) ? found["grants"] : {}).map(([uri, ids]) => [
        uri,
        Array.isArray(ids) ? ids.filter((id) => typeof id === "number") : [],
      ]),
    ),
    told: typeof found["told"] === "string" ? found["told"] : "",
    workloadVersion: typeof found["workloadVersion"] === "string" ? found["workloadVersion"] : "",
  };
}

/** Leaves a state where it is another one than before. */
export async function saveState(
  tools: HookTools,
  { before, after }: { readonly before: UnitState; readonly after: UnitState },
): Promise<void> {
  const text = JSON.stringify(after);
  if (JSON.stringify(before) !== text) await writeState(tools, KEY, text);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isDeadline(value: unknown): value is Deadline {
  return isRecord(value) && typeof value["id"] === "string" && typeof value["at"] === "string";
}
