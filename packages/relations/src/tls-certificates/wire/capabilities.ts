import type { ProviderCapabilities } from "../issued-certificate.ts";
import type { WireCapabilities } from "./bag-fields.ts";

/** Writes capabilities under the names that the bag has for them; absent ones are left out. */
export function encodeCapabilities(given: ProviderCapabilities): {
  readonly [Key in keyof WireCapabilities]: WireCapabilities[Key] | undefined;
} {
  return {
    supports_ip_sans: given.ipAddresses,
    supports_wildcard_dns: given.wildcards,
    supports_subdomain: given.subdomains,
    supports_ca_certificates: given.authorities,
    allowed_domains: given.domains,
    provider_type: given.kind,
  };
}

/** Reads capabilities from the bag's names; what is null is absent. */
export function decodeCapabilities(wire: WireCapabilities): ProviderCapabilities {
  const members = {
    ipAddresses: wire.supports_ip_sans,
    wildcards: wire.supports_wildcard_dns,
    subdomains: wire.supports_subdomain,
    authorities: wire.supports_ca_certificates,
    domains: wire.allowed_domains,
    kind: wire.provider_type,
  };
  const known = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(known);
}
