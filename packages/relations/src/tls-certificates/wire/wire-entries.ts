import { shape } from "@orrery/databag";
import type { Shape } from "@orrery/databag";

/** A request as bags carry it. */
export interface WireRequest {
  readonly certificate_signing_request: string;
  readonly ca?: boolean | null;
}

/** A certificate as the provider's bag carries it, with the request that it answers. */
export interface WireCertificate {
  readonly ca: string;
  readonly certificate_signing_request: string;
  readonly certificate: string;
  readonly chain?: readonly string[] | null;
  readonly revoked?: boolean | null;
}

/** A denied request as the provider's bag carries it. The library names the request `csr`, the schema by its long name. */
export interface WireDenial {
  readonly csr?: string;
  readonly certificate_signing_request?: string;
  readonly error: {
    readonly code: number;
    readonly name: string;
    readonly message: string;
    readonly reason?: string | null;
    readonly provider?: string | null;
    readonly endpoint?: string | null;
  };
}

/** The most certificates of one chain. */
const MAX_CHAIN = 10;

const text = { type: "string" };
const words = { type: "string", maxLength: 4096 };
const wordsOrNull = { type: ["string", "null"], maxLength: 4096 };
const flag = { type: ["boolean", "null"] };

/** Takes an entry of `certificate_signing_requests`. */
export const wireRequest: Shape<WireRequest> = shape<WireRequest>({
  type: "object",
  required: ["certificate_signing_request"],
  properties: { certificate_signing_request: text, ca: flag },
});

/** Takes an entry of `certificates`. */
export const wireCertificate: Shape<WireCertificate> = shape<WireCertificate>({
  type: "object",
  required: ["ca", "certificate_signing_request", "certificate"],
  properties: {
    ca: text,
    certificate_signing_request: text,
    certificate: text,
    chain: { type: ["array", "null"], maxItems: MAX_CHAIN, items: text },
    revoked: flag,
  },
});

/** Takes an entry of `request_errors`. */
export const wireDenial: Shape<WireDenial> = shape<WireDenial>({
  type: "object",
  required: ["error"],
  properties: {
    csr: text,
    certificate_signing_request: text,
    error: {
      type: "object",
      required: ["code", "name", "message"],
      properties: {
        code: { type: "integer" },
        name: words,
        message: words,
        reason: wordsOrNull,
        provider: wordsOrNull,
        endpoint: wordsOrNull,
      },
    },
  },
});
