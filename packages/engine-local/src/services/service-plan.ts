import type { ServiceOutcome } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { parseDuration } from "./parse-duration.ts";

/** One service, ready to be written for the supervisor. */
export interface ServicePlan {
  /** Unique in the data folder and fit for a folder's name: `storefront-0.shop.web`. */
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly workingFolder: string;
  readonly logFolder: string;
  readonly enabled: boolean;
  /** Whether it stays down after it ended with exit code 0, or otherwise. */
  readonly staysDown: { readonly onSuccess: boolean; readonly onFailure: boolean };
  /** From SIGTERM to SIGKILL, in milliseconds. */
  readonly killDelayMs: number;
}

/** Where a service belongs. */
export interface ServicePlace {
  readonly unit: string;
  readonly container: string;
  readonly service: string;
  readonly workingFolder: string;
  readonly logFolder: string;
}

/** Pebble's default: five seconds. */
const KILL_DELAY_MS = 5000;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names a service in the supervisor's folder. */
export function serviceName(unit: string, container: string, service: string): string {
  return `${unit.replace("/", "-")}.${container}.${service}`;
}

/**
 * Makes a plan of a charm's service.
 *
 * @throws OrreryError `SERVICE_INVALID` for what no shell can be given: NUL, names of variables outside A–Z, a–z, 0–9, _.
 */
export function planService(place: ServicePlace, wanted: ServiceOutcome): ServicePlan {
  const environment = wanted.environment ?? {};
  for (const name of Object.keys(environment)) {
    if (!VARIABLE.test(name)) {
      throw invalid(
        place,
        `environment variable ${JSON.stringify(name)} is not of the form ${VARIABLE.source}`,
      );
    }
  }
  const texts = [...wanted.command, ...Object.values(environment), wanted.workingDir ?? ""];
  if (texts.some((text) => text.includes("\0")))
    throw invalid(place, "a NUL character cannot be passed to a program");
  const killDelayMs = wanted.killDelay === undefined ? KILL_DELAY_MS : parseDuration(wanted.killDelay);
  if (killDelayMs === undefined) {
    throw invalid(place, `killDelay ${JSON.stringify(wanted.killDelay)} is no duration such as 5s or 500ms`);
  }
  return {
    name: serviceName(place.unit, place.container, place.service),
    command: wanted.command,
    environment,
    workingFolder: place.workingFolder,
    logFolder: place.logFolder,
    enabled: wanted.startup !== "disabled",
    staysDown: {
      onSuccess: (wanted.onSuccess ?? "restart") !== "restart",
      onFailure: (wanted.onFailure ?? "restart") !== "restart",
    },
    killDelayMs,
  };
}

function invalid(place: ServicePlace, what: string): OrreryError {
  return new OrreryError("SERVICE_INVALID", `service ${place.service} in ${place.container}: ${what}`, {
    origin: { unit: place.unit, item: place.service },
  });
}
