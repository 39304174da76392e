import { isIP } from "node:net";

/** The most alternative names of one certificate. */
export const MOST_NAMES: number = 200;

const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/**
 * Whether a certificate can bear this as a DNS name: 253 characters at most, labels of 1 to 63 letters, digits, hyphens
 * and underscores, the first one perhaps `*`. An address is none, and neither is a name that ends with a dot.
 *
 * @see RFC 5280, section 4.2.1.6, and RFC 1034, section 3.5; underscores are common in clusters, and those who check take them.
 */
export function isDnsName(text: string): boolean {
  const [first = "", ...rest] = text.split(".");
  const labels = first === "*" ? rest : [first, ...rest];
  return (
    text.length <= 253 && labels.length > 0 && labels.every((label) => LABEL.test(label)) && isIP(text) === 0
  );
}

/** Whether a certificate can bear this as an address: IPv4 or IPv6, without brackets, zone or prefix length. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}
