/** A thing that the host should make once and keep, as a secret. Its value is a text. */
export type MaterialRequest =
  | PasswordRequest
  | PrivateKeyRequest
  | CsrRequest
  | CaCertificateRequest
  | CertificateRequest;

/**
 * What every material may say of its generations. It never changes what is made.
 *
 * A new generation is made when anything else of the request changed, when a material that it is made from has a new
 * generation, when `rotateAt` has passed, and when an action asks for it. The one before it is then `previous` in the view.
 */
export interface MaterialTiming {
  /** RFC 3339: once this has passed, the host makes one new generation; another moment makes one more. */
  readonly rotateAt?: string;
  /**
   * `false` lets the generation before the one that the charm sees go: it says so once nobody needs it any more. What is kept
   * stays until then, or until one more generation takes its place. A value that is replaced now is kept for the next view.
   */
  readonly keepPrevious?: boolean;
}

/** A random text. */
export interface PasswordRequest extends MaterialTiming {
  readonly kind: "password";
  /** Characters of A–Z, a–z, 0–9; 12 to 128. */
  readonly length: number;
}

/** A private key, given as PEM (PKCS #8). */
export interface PrivateKeyRequest extends MaterialTiming {
  readonly kind: "private-key";
  readonly algorithm: "ecdsa-p256" | "rsa-2048";
}

/** A request for a certificate, given as PEM (PKCS #10). It is signed with its key and asks for its names alone. */
export interface CsrRequest extends MaterialTiming {
  readonly kind: "csr";
  /** Id of a private key of the same outcome. */
  readonly key: string;
  readonly subject: SubjectName;
  readonly sans: AlternativeNames;
}

/** A certificate that signs itself and others, given as PEM (X.509). */
export interface CaCertificateRequest extends MaterialTiming {
  readonly kind: "ca-certificate";
  /** Id of a private key of the same outcome. */
  readonly key: string;
  readonly subject: SubjectName;
  /** Seconds from the making on; 60 to 315 360 000, which is ten years. */
  readonly validitySeconds: number;
}

/** A certificate for somebody's request, given as PEM (X.509): the leaf alone, without its issuer. */
export interface CertificateRequest extends MaterialTiming {
  readonly kind: "certificate";
  /** The request, as PEM. One that is not in order has no certificate made; everything else stands. */
  readonly csr: string;
  /** Id of the CA's private key, of the same outcome. */
  readonly key: string;
  /** Id of the CA's certificate, of the same outcome. */
  readonly ca: string;
  /** Seconds from the making on; 60 to 315 360 000, which is ten years. It ends with the CA's certificate at the latest. */
  readonly validitySeconds: number;
  /** Whether it may sign leaf certificates itself; never because the request asks for it. */
  readonly isCa?: boolean;
}

/** Who a certificate is for. @see RFC 5280, appendix A.1, for the upper bounds; lengths are in characters. */
export interface SubjectName {
  /** 1 to 64. */
  readonly commonName: string;
  /** 1 to 64. */
  readonly organization?: string;
  /** 1 to 64. */
  readonly organizationalUnit?: string;
  /** Two capital letters. */
  readonly country?: string;
  /** 1 to 128. */
  readonly state?: string;
  /** 1 to 128. */
  readonly locality?: string;
  /** ASCII; up to 255. */
  readonly email?: string;
}

/** The names and addresses that a certificate is checked against; at most 100 of each. */
export interface AlternativeNames {
  /** Up to 253 characters; the first label may be `*`. */
  readonly dns?: readonly string[];
  /** IPv4 or IPv6, without brackets or zone. */
  readonly ip?: readonly string[];
}

/** Asks for a random password. */
export function password(length: number, timing: MaterialTiming = {}): PasswordRequest {
  return { kind: "password", length, ...timing };
}

/** Asks for a private key. */
export function privateKey(
  algorithm: PrivateKeyRequest["algorithm"],
  timing: MaterialTiming = {},
): PrivateKeyRequest {
  return { kind: "private-key", algorithm, ...timing };
}

/** Asks for a certificate signing request, to be sent to a CA. */
export function csr(wanted: Omit<CsrRequest, "kind">): CsrRequest {
  return { kind: "csr", ...wanted };
}

/** Asks for the certificate of a CA of one's own. */
export function caCertificate(wanted: Omit<CaCertificateRequest, "kind">): CaCertificateRequest {
  return { kind: "ca-certificate", ...wanted };
}

/** Asks for a certificate, signed with a CA of one's own. */
export function certificate(wanted: Omit<CertificateRequest, "kind">): CertificateRequest {
  return { kind: "certificate", ...wanted };
}
