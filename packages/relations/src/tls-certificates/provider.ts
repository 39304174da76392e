import type { BagWrites, Endpoint, Self } from "@orrery/charm";
import type { PyJson } from "@orrery/databag";
import { atMost } from "../reporting/at-most.ts";
import { publishablePem } from "../x509/publishable-pem.ts";
import type { CertificateRequest } from "./certificate-request.ts";
import type { DeniedRequest, IssuedCertificate, ProviderCapabilities } from "./issued-certificate.ts";
import { readRequests } from "./reading/read-requests.ts";
import { capabilities, certificates, requestErrors } from "./wire/bag-fields.ts";
import { encodeCapabilities } from "./wire/capabilities.ts";

/** What a provider answers in one relation: whole, so what is no longer named is withdrawn. */
export interface CertificatesProvided {
  readonly certificates: readonly CertificateProvided[];
  /** Requests that are denied; the other side is told why. */
  readonly denied?: readonly DeniedRequest[];
  readonly capabilities?: ProviderCapabilities;
}

/** A certificate for a request. */
export interface CertificateProvided extends Pick<IssuedCertificate, "csr" | "certificate" | "ca"> {
  /** The certificate and then its issuers; the certificate and the authority's when absent. */
  readonly chain?: readonly string[];
  /** Tells the other side that the certificate must no longer be used. */
  readonly revoked?: boolean;
}

/**
 * The side that issues certificates: reads requests of units and of the application, and publishes what answers them, by the leader
 * alone.
 *
 * A request that is not taken is left out and reported, alone. Names and key of the others are proven by the request's own signature;
 * whether they are allowed is for the charm to say. Publishing throws OrreryError `CERTIFICATE_NOT_PUBLISHED` for what is not PEM of
 * the wanted kind, such as a private key.
 *
 * Wire-compatible with `TLSCertificatesProvidesV4`, and with requirers of versions 2 and 3.
 *
 * @see charmlibs-interfaces-tls-certificates 1.12, interface `tls-certificates` v1.
 */
export function provider(
  options: { readonly limit?: number; readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<readonly CertificateRequest[], CertificatesProvided> {
  return {
    ...options,
    role: "provides",
    interface: "tls-certificates",
    decode: (relation) => {
      const { application, endpoint, id } = relation;
      const { value, problems } = readRequests(relation);
      return { value, problems: atMost(problems, { application, endpoint, relation: id }) };
    },
    encode: (value, _relation, self) => encode(value, self),
  };
}

function encode(value: CertificatesProvided, self: Self): BagWrites {
  if (!self.leader) return {};
  const issued = value.certificates.map(entry);
  const denied = (value.denied ?? []).map(denial);
  // Peers leave a key out where it would hold nothing.
  return {
    application: {
      ...certificates.write(issued.length === 0 ? undefined : issued),
      ...requestErrors.write(denied.length === 0 ? undefined : denied),
      ...capabilities.write(value.capabilities && encodeCapabilities(value.capabilities)),
    },
  };
}

function entry({ csr, certificate, ca, chain, revoked }: CertificateProvided): PyJson {
  const leaf = publishablePem(certificate, "CERTIFICATE");
  const authority = publishablePem(ca, "CERTIFICATE");
  return {
    ca: authority,
    certificate_signing_request: publishablePem(csr, "CERTIFICATE REQUEST"),
    certificate: leaf,
    chain: chain?.map((link) => publishablePem(link, "CERTIFICATE")) ?? [...new Set([leaf, authority])],
    ...(revoked ? { revoked } : {}),
  };
}

/** The library reads the request under `csr`, the interface's schema under its long name. */
function denial({ csr, code, name, message, reason, provider: by, endpoint }: DeniedRequest): PyJson {
  const request = publishablePem(csr, "CERTIFICATE REQUEST");
  const error = { code, name, message, reason, provider: by, endpoint };
  return { csr: request, certificate_signing_request: request, error };
}
