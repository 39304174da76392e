import { jsonField } from "@orrery/databag";
import type { Field, Json, PyJson } from "@orrery/databag";

/** The most requests that one bag may hold. */
const MAX_REQUESTS = 100;
/** The most entries of each kind that a provider's bag may hold: an application of many units shares it. */
const MAX_ANSWERS = 2000;

/** `certificate_signing_requests` of the requirer's unit or application bag; each entry is judged by itself. */
export const signingRequests: Field<readonly Json[], PyJson> = jsonField("certificate_signing_requests", {
  type: "array",
  maxItems: MAX_REQUESTS,
});

// Chains repeat the authority in each entry, so that few certificates make much text.
const answers = { maxBytes: 8 * 1024 * 1024 };

/** `certificates` of the provider's application bag; each entry is judged by itself. */
export const certificates: Field<readonly Json[], PyJson> = jsonField(
  "certificates",
  { type: "array", maxItems: MAX_ANSWERS },
  answers,
);

/** `request_errors` of the provider's application bag: requests that are denied; each entry is judged by itself. */
export const requestErrors: Field<readonly Json[], PyJson> = jsonField(
  "request_errors",
  { type: "array", maxItems: MAX_ANSWERS },
  answers,
);

/** What a provider says of what it can issue, as the bag has it. All may be absent, which says nothing. */
export interface WireCapabilities {
  readonly supports_ip_sans?: boolean | null;
  readonly supports_wildcard_dns?: boolean | null;
  readonly supports_subdomain?: boolean | null;
  readonly supports_ca_certificates?: boolean | null;
  readonly allowed_domains?: readonly string[] | null;
  readonly provider_type?: string | null;
}

const supports = { type: ["boolean", "null"] };

/** `capabilities` of the provider's application bag. */
export const capabilities: Field<WireCapabilities | null, PyJson> = jsonField("capabilities", {
  type: ["object", "null"],
  properties: {
    supports_ip_sans: supports,
    supports_wildcard_dns: supports,
    supports_subdomain: supports,
    supports_ca_certificates: supports,
    allowed_domains: { type: ["array", "null"], maxItems: 100, items: { type: "string", maxLength: 253 } },
    provider_type: { type: ["string", "null"], maxLength: 100 },
  },
});
