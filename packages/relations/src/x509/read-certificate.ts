import { X509Certificate } from "node:crypto";
import { readPem, writePem } from "./pem.ts";

/** A certificate that was read. */
export interface Certificate {
  /** PEM, written anew: lines of 64 characters, no white space around it. */
  readonly pem: string;
  /** Whether it may issue others. */
  readonly ca: boolean;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  /** RFC 3339, UTC. */
  readonly notAfter: string;
  /** As Node.js read it. */
  readonly parsed: X509Certificate;
}

/** Reads a certificate, or says why it is none; never throws. */
export function readCertificate(pem: string): Certificate | { readonly refused: string } {
  const block = readPem(pem, ["CERTIFICATE"]);
  if ("refused" in block) return block;
  try {
    const parsed = new X509Certificate(block.der);
    if (!parsed.raw.equals(block.der)) return { refused: "holds more than one certificate in its block" };
    return {
      pem: writePem(parsed.raw, "CERTIFICATE"),
      ca: parsed.ca,
      notBefore: rfc3339(parsed.validFromDate),
      notAfter: rfc3339(parsed.validToDate),
      parsed,
    };
  } catch {
    // OpenSSL's own words say nothing to the one who has to mend it.
    return { refused: "is no X.509 certificate" };
  }
}

function rfc3339(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
