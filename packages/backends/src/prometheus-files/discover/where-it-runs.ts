import type { Site } from "@orrery/charm";

const LOOPBACK = /^(?:127(?:\.\d+){3}|\[?::1\]?|localhost)$/i;

/** Says whether an address, with or without port, is good on its own machine alone. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address.replace(/:\d+$/, ""));
}

/**
 * Says whether a server runs on this machine, so that loopback addresses mean the same to both.
 *
 * An address that is not this machine's says no. A loopback address alone says little, since tunnels and containers have them too:
 * the machine's name as the server tells it decides, where it does.
 */
export function whereItRuns(
  url: string,
  hostname: string,
  machine: Site["machine"],
): "here" | "elsewhere" | "unsure" {
  const host = URL.canParse(url) ? new URL(url).hostname.replaceAll(/[[\]]/g, "") : "";
  const isOurs = LOOPBACK.test(host) || machine.addresses.includes(host) || host === machine.hostname;
  if (hostname !== "")
    return isOurs && hostname === machine.hostname ? "here" : isOurs ? "unsure" : "elsewhere";
  return isOurs ? "here" : "elsewhere";
}
