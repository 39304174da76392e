import { quote } from "@orrery/databag";
import { formatTargetAddress, grantCheck, parseTargetAddress } from "@orrery/telemetry";

/** A URL of another application at an address that was granted to it, by its parts. */
export interface GrantedUrl {
  /** In canonical spelling, without a slash at its end. */
  readonly url: string;
  readonly scheme: "http" | "https";
  /** `host:port`. */
  readonly address: string;
  /** Such as `/p`; `""` when none. */
  readonly pathPrefix: string;
}

/** Reads a URL that another application sent, or says in words why it is not taken. */
export function readGrantedUrl(
  text: string,
  granted: readonly string[],
): GrantedUrl | { readonly refused: string } {
  const found = /^(https?):\/\/([^/?#@]+)(\/[!-"$->@-~]*)?$/i.exec(text);
  const told = `url ${quote(text, 200)}`;
  if (!found) return { refused: `${told} is no http or https URL without user, query and fragment` };
  const scheme = found[1]?.toLowerCase() === "https" ? "https" : "http";
  const address = parseTargetAddress(found[2] ?? "");
  if ("refused" in address) return { refused: `${told} ${address.refused}` };
  const full = { host: address.host, port: address.port ?? (scheme === "https" ? 443 : 80) };
  if (!grantCheck(granted)(full)) {
    return { refused: `${told} is outside what was granted: ${granted.slice(0, 5).join(", ") || "nothing"}` };
  }
  const pathPrefix = (found[3] ?? "").replace(/\/+$/, "");
  const target = formatTargetAddress(full);
  return { url: `${scheme}://${target}${pathPrefix}`, scheme, address: target, pathPrefix };
}
