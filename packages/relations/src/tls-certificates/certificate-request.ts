/** A request that a provider was sent, with the facts by which it decides and signs. */
export interface CertificateRequest {
  /** PEM, as its sender wrote it, without white space around it: what the answer must name. */
  readonly csr: string;
  /** Whether a certificate is asked for that may issue others. */
  readonly ca: boolean;
  readonly application: string;
  /** The unit that asks; absent where the application does. */
  readonly unit?: string;
  /** The subject's attributes, in the order of the request. */
  readonly subject: readonly SubjectAttribute[];
  /** Subject alternative names; each kind sorted, each name once. */
  readonly names: SubjectNames;
  /** PEM (SPKI). The request proves that its sender has the private key. */
  readonly publicKey: string;
}

/** One attribute of a subject. */
export interface SubjectAttribute {
  /** Object identifier, such as `2.5.4.3` for the common name. */
  readonly oid: string;
  /** Text; `#` and hexadecimal DER for what is no text. */
  readonly value: string;
}

/** Names that a certificate should be good for. */
export interface SubjectNames {
  /** DNS names, in lower case; the first label may be `*`. */
  readonly dns: readonly string[];
  readonly ip: readonly string[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
  /** Registered object identifiers. */
  readonly oid: readonly string[];
}

/** Gives the subject's common name; the first where there are several. */
export function commonName(subject: readonly SubjectAttribute[]): string | undefined {
  return subject.find(({ oid }) => oid === "2.5.4.3")?.value;
}
