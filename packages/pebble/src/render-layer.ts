import type { Check, Service } from "./plan.ts";

/** A service as Pebble reads it. */
export type PebbleService = Readonly<
  Record<string, string | readonly string[] | Readonly<Record<string, string>>>
>;

/** A check as Pebble reads it. */
export type PebbleCheck = Readonly<Record<string, string | number | Readonly<Record<string, unknown>>>>;

/** A layer as Pebble reads it: JSON is YAML. */
export interface PebbleLayer {
  readonly services: Readonly<Record<string, PebbleService>>;
  readonly checks: Readonly<Record<string, PebbleCheck>>;
}

/**
 * Writes services and checks as a layer that stands for all there is of each, whatever other layers say.
 *
 * @param workingDir - Where services run that name no folder, and what a relative one is relative to.
 * @see juju-protocol, Pebble: layers and plan.
 */
export function renderLayer(
  services: Readonly<Record<string, Service>>,
  checks: Readonly<Record<string, Check>>,
  workingDir: string,
): PebbleLayer {
  return {
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [name, renderService(service, workingDir)]),
    ),
    checks: Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, renderCheck(check)])),
  };
}

/**
 * Writes a command as one line that Pebble splits into the same arguments again.
 *
 * Pebble takes a `[` that stands alone for the beginning of arguments that may be left out, however it is quoted.
 * @returns nothing for a command that no line stands for: one with such an argument, or with a NUL.
 */
export function renderCommand(command: readonly string[]): string | undefined {
  if (command.some((word) => word === "[" || word === "]" || word.includes("\0"))) return undefined;
  return command.map(quote).join(" ");
}

function renderService(service: Service, workingDir: string): PebbleService {
  const { command, summary, startup, after, requires, environment, onSuccess, onFailure } = service;
  const given = service.workingDir;
  const folder = given === undefined ? workingDir : given.startsWith("/") ? given : `${workingDir}/${given}`;
  return {
    override: "replace",
    command: renderCommand(command) ?? "",
    startup: startup ?? "enabled",
    "working-dir": folder,
    ...(summary === undefined ? {} : { summary }),
    ...(after === undefined ? {} : { after }),
    ...(requires === undefined ? {} : { requires }),
    ...(environment === undefined ? {} : { environment }),
    ...(onSuccess === undefined ? {} : { "on-success": onSuccess }),
    ...(onFailure === undefined ? {} : { "on-failure": onFailure }),
    ...(service.onCheckFailure === undefined ? {} : { "on-check-failure": service.onCheckFailure }),
    ...(service.killDelay === undefined ? {} : { "kill-delay": service.killDelay }),
  };
}

function renderCheck({ level, period, timeout, threshold, http, tcp, exec }: Check): PebbleCheck {
  return {
    override: "replace",
    startup: "enabled",
    ...(level === undefined ? {} : { level }),
    ...(period === undefined ? {} : { period }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(http ? { http: { ...http } } : {}),
    ...(tcp ? { tcp: { ...tcp } } : {}),
    ...(exec ? { exec: { command: renderCommand(exec.command) ?? "" } } : {}),
  };
}

/** Single quotes take everything as it is but their own end. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
