import type { KeyObject } from "node:crypto";
import { problem } from "@orrery/problems";
import type { Code, Origin, Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import { readCertificate } from "../../x509/read-certificate.ts";
import type { Certificate } from "../../x509/read-certificate.ts";
import type { IssuedCertificate } from "../issued-certificate.ts";
import type { WireCertificate } from "../wire/wire-entries.ts";

/** A request that this side has made: its answer is held against it. */
export interface OwnRequest {
  /** As it was published. */
  readonly csr: string;
  readonly ca: boolean;
  readonly key: KeyObject;
}

/**
 * Takes a certificate for a request, if all of it can be read and it is for the request's key and purpose.
 *
 * A chain that is out of order is reported and taken: what is in it is for the one who checks it to judge.
 */
export function readIssued(
  wire: WireCertificate,
  request: OwnRequest,
  origin: Origin,
): Decoded<IssuedCertificate | undefined> {
  const problems: Problem[] = [];
  const report = (code: Code, message: string, severity: Problem["severity"] = "error"): undefined => {
    problems.push(problem(code, { message, origin, severity }));
  };
  const take = (pem: string, what: string): Certificate | undefined => {
    const read = readCertificate(pem);
    return "refused" in read ? report("CERTIFICATE_INVALID", `${what} ${read.refused}`) : read;
  };
  const leaf = take(wire.certificate, "certificate");
  const authority = take(wire.ca, "authority's certificate");
  const links = (wire.chain ?? []).map((pem, at) => take(pem, `certificate ${at + 1} of the chain`));
  const chain = links.filter((link) => link !== undefined);
  if (!leaf || !authority || chain.length < links.length) return { value: undefined, problems };
  if (!isFor(leaf, request.key)) {
    report("CERTIFICATE_MISMATCH", "certificate is for another key than the request that it names");
  } else if (leaf.ca !== request.ca) {
    report(
      "CERTIFICATE_MISMATCH",
      leaf.ca
        ? "certificate may issue others, which was not asked for"
        : "certificate may not issue others, which was asked for",
    );
  }
  if (problems.length > 0) return { value: undefined, problems };
  if (chain.length > 0 && !isInOrder(chain, leaf))
    report(
      "CERTIFICATE_INVALID",
      "chain does not start with the certificate and go on with its issuers",
      "warning",
    );
  return {
    value: {
      csr: request.csr,
      certificate: leaf.pem,
      ca: authority.pem,
      chain: chain.map(({ pem }) => pem),
      ...(wire.revoked ? { revoked: true } : {}),
      notBefore: leaf.notBefore,
      notAfter: leaf.notAfter,
    },
    problems,
  };
}

function isFor({ parsed }: Certificate, key: KeyObject): boolean {
  try {
    return parsed.publicKey.equals(key);
  } catch {
    // A key of a kind that is not known here is not the request's.
    return false;
  }
}

function isInOrder(chain: readonly Certificate[], leaf: Certificate): boolean {
  return chain.every(({ pem, parsed }, at) => {
    const before = chain[at - 1];
    return before ? before.parsed.checkIssued(parsed) : pem === leaf.pem;
  });
}
