import { X509Certificate, createPrivateKey } from "node:crypto";
import type {
  AlternativeNames,
  Contributor,
  MaterialRequest,
  MaterialView,
  SubjectName,
} from "@orrery/charm";
import { csr, privateKey } from "@orrery/charm";
import type { IssuedCertificate } from "./issued-certificate.ts";
import type { CertificatesReceived, CertificatesWanted } from "./requirer.ts";

/** What a server shows to prove who it is. All PEM. */
export interface ServerIdentity {
  /** The certificate, then those of its issuers but the root. */
  readonly chain: string;
  /** PKCS #8: for a 0600 file, never for anything else. */
  readonly key: string;
  /** The authority's own certificate, by which the server may be verified. */
  readonly ca: string;
  /** RFC 3339, UTC. */
  readonly notAfter: string;
}

/** What a charm whose workload is a TLS server adds to its outcome, and what it may serve with now. */
export interface ServerCertificate {
  /** For the outcome's `materials`: a key and a request, made anew before the certificate ends. Nothing where no authority is related. */
  readonly materials: Readonly<Record<string, MaterialRequest>>;
  /** To be published on the endpoint: the requests that stand. */
  readonly wanted: CertificatesWanted;
  /** Absent until a certificate has come, and again once it was taken back. */
  readonly identity?: ServerIdentity;
}

/** What {@link serverCertificate} is made of. */
export interface ServerCertificateOptions {
  /** The relations of the endpoint that {@link requirer} made: none, or one. */
  readonly relations: readonly Contributor<CertificatesReceived>[];
  readonly materials: Readonly<Record<string, MaterialView>>;
  readonly subject: SubjectName;
  readonly sans: AlternativeNames;
  /** Prefix of the materials' ids, where a charm has more than one such endpoint; `tls` when absent. */
  readonly id?: string;
}

/** A certificate is renewed when so much of its time has passed. */
const RENEW_AFTER = 0.8;

/**
 * Keeps one server's certificate: asks for it, renews it in time with a new key, and goes on with the standing one until the
 * new one is there, so that a renewal costs no moment without.
 *
 * Pure: the moments come from when the request was made and when the certificate ends; the host makes the new key when they have come.
 */
export function serverCertificate(options: ServerCertificateOptions): ServerCertificate {
  const { relations, materials, subject, sans, id = "tls" } = options;
  if (relations.length === 0) return { materials: {}, wanted: { requests: [] } };
  const [key, request] = [materials[`${id}-key`], materials[`${id}-csr`]];
  const received = relations.flatMap(({ value }) => value.certificates).filter(({ revoked }) => !revoked);
  const answering = (wanted: string | undefined): IssuedCertificate | undefined =>
    wanted === undefined ? undefined : received.find((one) => one.csr === wanted.trim());
  const current = answering(request?.current);
  const standing = current ?? answering(request?.previous);
  const timing =
    current && request ? { rotateAt: renewalOf(current, request.since), keepPrevious: false } : {};
  const keys = [key?.current, key?.previous].filter((one) => one !== undefined);
  const fitting = standing && keys.find((one) => fits(standing.certificate, one));
  return {
    materials: {
      [`${id}-key`]: privateKey("ecdsa-p256", timing),
      [`${id}-csr`]: csr({
        key: `${id}-key`,
        subject,
        sans,
        ...(current === undefined ? {} : { keepPrevious: false }),
      }),
    },
    wanted: {
      requests: [request?.current, request?.previous].flatMap((pem) =>
        pem === undefined ? [] : [{ csr: pem }],
      ),
    },
    ...(standing && fitting !== undefined ? { identity: identityOf(standing, fitting) } : {}),
  };
}

function renewalOf({ notAfter }: IssuedCertificate, since: string): string {
  const [from, to] = [Date.parse(since), Date.parse(notAfter)];
  return new Date(from + Math.max(0, to - from) * RENEW_AFTER).toISOString();
}

function fits(certificate: string, key: string): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}

function identityOf({ certificate, chain, ca, notAfter }: IssuedCertificate, key: string): ServerIdentity {
  const links = [certificate, ...chain.filter((link) => link !== certificate && link !== ca)];
  return { chain: `${links.join("\n")}\n`, key, ca: `${ca}\n`, notAfter };
}
