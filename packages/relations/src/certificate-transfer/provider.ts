import type { BagWrites, Endpoint, RelationView, Self } from "@orrery/charm";
import { publishablePem } from "../x509/publishable-pem.ts";
import { ca, certificate, certificates, chain, version } from "./bag-fields.ts";

/** Certificates that the other side should trust: whole, so what is no longer named is withdrawn. */
export interface CertificatesHandedOn {
  /** PEM, one certificate each; order and repetition mean nothing. */
  readonly certificates: readonly string[];
}

/**
 * The side that hands certificates on.
 *
 * The leader writes version 1. Unless the other side says that it reads that, each unit also writes version 0, since a reader of that
 * version asks any one of them. Publishing throws OrreryError `CERTIFICATE_NOT_PUBLISHED` for what is no certificate in PEM, such as a
 * private key.
 *
 * Wire-compatible with `CertificateTransferProvides`. @see charmlibs-interfaces-certificate-transfer 1.1.
 */
export function provider(
  options: { readonly limit?: number; readonly optional?: boolean; readonly description?: string } = {},
): Endpoint<null, CertificatesHandedOn> {
  return {
    ...options,
    role: "provides",
    interface: "certificate_transfer",
    decode: (relation) => {
      const { application, endpoint, id: number, bags } = relation;
      const { problems } = version.read(bags.remoteApplication, { application, endpoint, relation: number });
      return { value: null, problems };
    },
    encode,
  };
}

function encode(value: CertificatesHandedOn, relation: RelationView, self: Self): BagWrites {
  const all = [...new Set(value.certificates.map((pem) => publishablePem(pem, "CERTIFICATE")))].toSorted();
  const readsNew = version.read(relation.bags.remoteApplication).value === 1;
  return {
    unit: readsNew ? {} : oldBag(all),
    ...(self.leader ? { application: { ...certificates.write(all), ...version.write(1) } } : {}),
  };
}

/** Version 0 has one certificate and its authority's; readers take the chain, which holds all. */
function oldBag(all: readonly string[]): Readonly<Record<string, string>> {
  const [first] = all;
  if (first === undefined) return {};
  return { ...ca.write(first), ...certificate.write(first), ...chain.write(all), ...version.write(0) };
}
