import { badArguments } from "./tool-error.ts";

/** The most ranges that a unit may have open. */
const MOST = 100;

/**
 * Reads a port as a charm writes it and gives it in one form: `80/tcp`, `8000-8010/udp`, `icmp`.
 *
 * @throws ToolError in Juju's words.
 * @see juju, `core/network/portrange.go`.
 */
export function readPort(text: string | undefined): string {
  if (text === undefined) throw badArguments("no port or range specified");
  const [range = "", given, ...more] = text.split("/");
  const protocol = (given ?? (range.toLowerCase() === "icmp" ? "icmp" : "tcp")).toLowerCase();
  if (more.length > 0 || (protocol !== "tcp" && protocol !== "udp" && protocol !== "icmp")) {
    throw badArguments(`invalid protocol ${JSON.stringify(protocol)}, expected "tcp", "udp", or "icmp"`);
  }
  if (protocol === "icmp") {
    if (range.toLowerCase() === "icmp") return "icmp";
    throw badArguments(`protocol "icmp" doesn't support any ports; got ${JSON.stringify(range)}`);
  }
  const [, from, to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/u.exec(range) ?? [];
  if (from === undefined) throw badArguments(`invalid port range ${JSON.stringify(range)}`);
  const [low, high] = [Number(from), Number(to)];
  if (low > high) throw badArguments(`invalid port range ${low}-${high}`);
  if (low < 1 || high > 65_535) {
    throw badArguments(`port range bounds must be between 1 and 65535, got ${low}-${high}`);
  }
  return `${low === high ? low : `${low}-${high}`}/${protocol}`;
}

/** Ports without doubles, in order of number. @throws ToolError past 100. */
export function sortPorts(ports: readonly string[]): readonly string[] {
  const all = [...new Set(ports)];
  if (all.length > MOST) throw badArguments(`cannot open more than ${MOST} ranges of ports`);
  return all.toSorted((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1));
}

function numberOf(port: string): number {
  return Number(/^\d+/u.exec(port)?.[0] ?? 65_536);
}
