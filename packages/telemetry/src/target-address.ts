/** A thing that can be scraped, by its parts. */
export interface TargetAddress {
  /** Canonical: lower case, IPv6 without brackets in its shortest form, no dot at the end. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port?: number;
}

const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const IPV4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/**
 * Reads `host:port`, or a bare host, or says in words why it is none that may be scraped.
 *
 * Each address has one spelling here: IPv4 in four decimal parts, so that hexadecimal, octal and short forms are refused, and
 * IPv6 that stands for IPv4 too. Link-local and unspecified addresses are refused whoever grants them.
 */
export function parseTargetAddress(text: string): TargetAddress | { readonly refused: string } {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? bareIpv6(text);
  if (!found) return { refused: "is not of the form host:port" };
  const port = found[3] === undefined ? undefined : Number(found[3]);
  if (port !== undefined && (port < 1 || port > 65535))
    return { refused: `has the port ${port}; allowed are 1 to 65535` };
  const host = found[1] === undefined ? plainHost(found[2] ?? "") : ipv6(found[1]);
  if (typeof host !== "string") return host;
  return port === undefined ? { host } : { host, port };
}

/** Writes an address as `host:port`, with brackets where IPv6 wants them. */
export function formatTargetAddress(address: TargetAddress): string {
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  return address.port === undefined ? host : `${host}:${address.port}`;
}

/**
 * Reads grants, `host:port` or a bare `host` for any port of it, and gives a check for addresses against them.
 *
 * A grant that is no address grants nothing.
 */
export function grantCheck(granted: readonly string[]): (address: TargetAddress) => boolean {
  const whole = new Set<string>();
  for (const text of granted) {
    const grant = parseTargetAddress(text);
    if ("host" in grant) whole.add(formatTargetAddress(grant));
  }
  return (address) =>
    whole.has(formatTargetAddress(address)) || whole.has(formatTargetAddress({ host: address.host }));
}

function bareIpv6(text: string): RegExpExecArray | null {
  return (text.match(/:/g) ?? []).length > 1 ? /^([0-9a-fA-F:.]+)$/.exec(text) : null;
}

function plainHost(text: string): string | { readonly refused: string } {
  const host = text.toLowerCase().replace(/\.$/, "");
  const ipv4 = IPV4.exec(host);
  if (ipv4?.slice(1).every((part) => Number(part) <= 255)) {
    if (host.startsWith("169.254.")) return { refused: "is link-local" };
    if (host.startsWith("0.")) return { refused: "is unspecified" };
    return host;
  }
  if (!NAME.test(host))
    return { refused: "has a host that is neither an IP address nor a name in plain ASCII" };
  // Resolvers read names that end in a number as IPv4: 127.1, 0x7f.1, 2130706433.
  const last = host.slice(host.lastIndexOf(".") + 1);
  if (/^(\d+|0x[0-9a-f]*)$/.test(last))
    return { refused: "spells an IPv4 address in another way than four decimal parts" };
  return host;
}

function ipv6(text: string): string | { readonly refused: string } {
  if (!URL.canParse(`http://[${text}]`)) return { refused: "has a host that is no IPv6 address" };
  const host = new URL(`http://[${text}]`).hostname.slice(1, -1);
  if (host === "::") return { refused: "is unspecified" };
  if (/^fe[89ab]/.test(host)) return { refused: "is link-local" };
  // ::ffff:0:0/96, ::/96, 64:ff9b::/96 and 2002::/16 all lead to IPv4 addresses.
  if (/^(::ffff:|::[0-9a-f]+:[0-9a-f]+$|64:ff9b:|2002:)/.test(host))
    return { refused: "spells an IPv4 address as IPv6" };
  return host;
}
