import { isAbsolute, join } from "node:path";
import type { ServiceOutcome } from "@orrery/charm";

/** What a service's unit file says beside what the charm wants. */
export interface UnitPlace {
  /** Such as `storefront/0 shop`. */
  readonly description: string;
  /** Where it runs when it names no folder. */
  readonly workingFolder: string;
  /** Names of the units of other services, by service. */
  readonly unitOf: (service: string) => string;
  /** Digest of the charm's own workload files: a service that runs from others starts again. */
  readonly workload: string;
}

/**
 * Writes a service as a systemd unit file.
 *
 * It runs as root, as charms on machines do, without the means to become more than that.
 * @see systemd.service(5), systemd.syntax(7): quotes, specifiers (%) and variables ($).
 */
export function renderUnit(service: ServiceOutcome, place: UnitPlace): string {
  const { command, environment = {}, after = [], requires = [], killDelay = "5s" } = service;
  const folder = service.workingDir ?? "";
  const working = isAbsolute(folder) ? folder : join(place.workingFolder, folder);
  const others = (names: readonly string[]): string => names.map(place.unitOf).join(" ");
  const lines = [
    "[Unit]",
    `Description=${specifiers(place.description)}`,
    `After=network-online.target ${others([...new Set([...after, ...requires])])}`.trimEnd(),
    "Wants=network-online.target",
    ...(requires.length > 0 ? [`Requires=${others(requires)}`] : []),
    // It is started again for as long as it is wanted, as Pebble does.
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    "Type=exec",
    `ExecStart=${command.map((word) => quote(word).replaceAll("$", "$$$$")).join(" ")}`,
    `WorkingDirectory=${specifiers(working)}`,
    ...Object.entries(environment).map(([name, value]) => `Environment=${quote(`${name}=${value}`)}`),
    `Restart=${restartOf(service)}`,
    "RestartSec=1s",
    `TimeoutStopSec=${killDelay}`,
    "NoNewPrivileges=yes",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
    `# workload ${place.workload}`,
    "",
  ];
  return lines.join("\n");
}

function restartOf({ onSuccess = "restart", onFailure = "restart" }: ServiceOutcome): string {
  if (onSuccess === "restart") return onFailure === "restart" ? "always" : "on-success";
  return onFailure === "restart" ? "on-failure" : "no";
}

function specifiers(text: string): string {
  return text.replaceAll("%", "%%");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
};

/** Quotes always, so that nothing in a word means anything. */
function quote(word: string): string {
  const escaped = specifiers(word).replaceAll(/[\p{Cc}"\\]/gu, (one) => {
    return ESCAPES[one] ?? `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `"${escaped}"`;
}
