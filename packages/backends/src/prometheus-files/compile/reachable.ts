import type { Problem } from "@orrery/problems";
import { problem } from "@orrery/problems";
import type { Telemetry } from "@orrery/telemetry";
import type { PrometheusFilesCapabilities } from "../capabilities.ts";
import { isLoopback } from "../discover/where-it-runs.ts";

/** Leaves out the targets that a server cannot reach, and names them; where that cannot be told they stay, and are named too. */
export function reachable(
  one: Telemetry,
  { place }: PrometheusFilesCapabilities,
): { readonly value: Telemetry; readonly problems: readonly Problem[] } {
  const local = one.scrapes.flatMap((job) => job.targets.filter(({ address }) => isLoopback(address)));
  if (place === "here" || local.length === 0) return { value: one, problems: [] };
  const { application } = one.identity;
  const problems = local.map(({ address, unit }) => {
    const origin = { application, ...(unit === undefined ? {} : { unit }) };
    const message =
      place === "elsewhere"
        ? `target ${address} is an address of this machine alone, and the server runs on another`
        : `target ${address} is an address of this machine alone, and the server may run behind a tunnel or in a container`;
    return problem("EXTERNAL_TARGET_UNREACHABLE", {
      message,
      origin,
      ...(place === "elsewhere" ? {} : { severity: "warning" as const }),
    });
  });
  if (place === "unsure") return { value: one, problems };
  const scrapes = one.scrapes
    .map((job) => ({ ...job, targets: job.targets.filter((target) => !local.includes(target)) }))
    .filter(({ targets }) => targets.length > 0);
  return { value: { ...one, scrapes }, problems };
}
