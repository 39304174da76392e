import type { Outcome, Status } from "@orrery/charm";
import { printable } from "@orrery/engine";
import type { ContainerObservation } from "@orrery/engine";
import type { Problem } from "@orrery/problems";

const LONGEST_MESSAGE = 500;

/** What a status is made from. */
export interface StatusParts {
  readonly outcome: Outcome;
  readonly observed: Readonly<Record<string, ContainerObservation>>;
  /** What keeps the unit from being as its charm wants it, the gravest first. */
  readonly hindrances: readonly Problem[];
}

/**
 * What a unit's status must say: what the charm said, unless that cannot be believed. Nothing where the charm does not know.
 *
 * Juju keeps `error` for hooks that fail, so that what is an error elsewhere is `blocked` here: somebody has to see to it.
 */
export function effectiveStatus({ outcome, observed, hindrances }: StatusParts): Status | undefined {
  const [hindrance] = hindrances;
  if (hindrance) return blockedBy(`${hindrance.code}: ${hindrance.message}`);
  const missing = Object.keys(outcome.containers).find((name) => observed[name]?.ready !== true);
  if (missing !== undefined) return { status: "waiting", message: `for container ${missing}` };
  const down = workloadDown(outcome, observed);
  if (down !== undefined) return blockedBy(down);
  const { status, message } = outcome.status;
  if (status === "unknown") return undefined;
  return { status: status === "error" ? "blocked" : status, message: printable(message, LONGEST_MESSAGE) };
}

function blockedBy(message: string): Status {
  return { status: "blocked", message: printable(message, LONGEST_MESSAGE) };
}

/** What the first service or check that is not well says. */
function workloadDown(
  outcome: Outcome,
  observed: Readonly<Record<string, ContainerObservation>>,
): string | undefined {
  for (const [name, wanted] of Object.entries(outcome.containers)) {
    const seen = observed[name];
    for (const [service, { status, restarts, message }] of Object.entries(seen?.services ?? {})) {
      if (wanted.services[service]?.startup === "disabled") continue;
      if (status !== "backoff" && status !== "stopped") continue;
      const how = status === "backoff" ? "ends again and again" : "stopped";
      const times = restarts === 0 ? "" : `, restarted ${restarts} times`;
      return `workload ${service}: ${how}${times}${message ? `: ${message}` : ""}`;
    }
    for (const [check, { status, failures, message }] of Object.entries(seen?.checks ?? {})) {
      if (status === "down")
        return `check ${check} of ${name} failed ${failures} times${message ? `: ${message}` : ""}`;
    }
  }
  return undefined;
}
