import type { Status } from "@orrery/charm";
import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Core } from "../core.ts";
import { printable } from "../reports/event-log.ts";
import type { Stage } from "./failures.ts";
import { problemFrom } from "./problem-from.ts";

const LONGEST_MESSAGE = 500;
const STAGES: readonly Stage[] = ["remove", "charm", "place", "evaluate", "cycle", "apply"];

/** What a unit's status must say: what the charm said, unless that cannot be believed. */
export function effectiveStatus(core: Core, unit: string, said: Status): Status {
  const failure = failureOf(core, unit);
  if (failure) return { status: "error", message: tidy(core, `${failure.code}: ${failure.message}`) };
  const [workload] = workloadProblems(core, unit);
  if (workload) return { status: "error", message: tidy(core, workload.message) };
  return tidyStatus(core, said);
}

/**
 * Stores the status that a unit's present failures and observation call for.
 *
 * Never throws for the store's sake: when that takes no rows, the status is stored once it does again.
 */
export function refreshStatus(core: Core, unit: string): void {
  try {
    storeStatus(core, unit);
  } catch (cause) {
    const { code, message } = problemFrom(cause, { code: "STORE_FAILED", origin: { unit } });
    core.log.write("ERROR", unit, `${code}: ${message}`);
  }
}

/** Shows what a unit says of itself while its charm has not answered yet. Never throws for the store's sake. */
export function sayMeanwhile(core: Core, unit: string, status: Status): void {
  if (core.db.units.get(unit)?.life !== "alive") return;
  try {
    putStatus(core, unit, tidyStatus(core, status));
  } catch (cause) {
    const { code, message } = problemFrom(cause, { code: "STORE_FAILED", origin: { unit } });
    core.log.write("ERROR", unit, `${code}: ${message}`);
  }
}

function storeStatus(core: Core, unit: string): void {
  const { states, units } = core.db;
  const before = states.get(unit);
  // After a restart what was stored stands until the charm was run once: nothing better is known.
  const unheard = core.runtimes.get(unit)?.outcome === undefined && !failureOf(core, unit);
  if (unheard && units.get(unit)?.placement) return;
  putStatus(core, unit, before?.said ?? { status: "waiting", message: "" });
}

function putStatus(core: Core, unit: string, said: Status): void {
  const { states, units } = core.db;
  const before = states.get(unit);
  const status = effectiveStatus(core, unit, said);
  if (!units.has(unit)) return;
  if (before?.status.status === status.status && before.status.message === status.message) return;
  const since = new Date(core.around.clock()).toISOString();
  const empty = { deadlines: [], publications: {}, external: [], openedPorts: [] };
  core.db.commit([states.put(unit, { ...(before ?? empty), status, since, said })]);
  core.changed();
}

/** What a unit's services and checks were seen to lack, the worst first. */
export function workloadProblems(core: Core, unit: string): readonly Problem[] {
  const runtime = core.runtimes.get(unit);
  const found: Problem[] = [];
  for (const [name, wanted] of Object.entries(runtime?.outcome?.containers ?? {})) {
    const seen = runtime?.observation?.[name];
    for (const [service, { status, restarts, message }] of Object.entries(seen?.services ?? {})) {
      const meant =
        Object.hasOwn(wanted.services, service) && wanted.services[service]?.startup !== "disabled";
      if (!meant || (status !== "backoff" && status !== "stopped")) continue;
      const how = status === "backoff" ? "ends again and again" : "stopped";
      const last = message === undefined || message === "" ? "" : `: ${message}`;
      const times = restarts === 0 ? "" : `, restarted ${restarts} times`;
      found.push(
        problem("WORKLOAD_DOWN", {
          message: printable(`workload ${service}: ${how}${times}${last}`, LONGEST_MESSAGE),
          origin: { unit, item: service },
        }),
      );
    }
    for (const [check, { status, failures, message }] of Object.entries(seen?.checks ?? {})) {
      if (status !== "down") continue;
      const last = message === undefined || message === "" ? "" : `: ${message}`;
      found.push(
        problem("CHECK_DOWN", {
          message: printable(`check ${check} of ${name} failed ${failures} times${last}`, LONGEST_MESSAGE),
          origin: { unit, item: check },
        }),
      );
    }
  }
  return found;
}

/** A charm's status as it may be stored and shown. */
export function tidyStatus(core: Core, { status, message }: Status): Status {
  return { status, message: tidy(core, message) };
}

function failureOf(core: Core, unit: string): Problem | undefined {
  const application = core.db.units.get(unit)?.application ?? "";
  for (const stage of STAGES) {
    const failure = core.failures.get(stage, stage === "charm" ? application : unit);
    if (failure) return failure.problem;
  }
  return undefined;
}

function tidy(core: Core, message: string): string {
  return printable(core.mask(message), LONGEST_MESSAGE);
}
