import { createPublicKey, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { CertificationRequest } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Extensions } from "@peculiar/asn1-x509";
import type { AttributeValue } from "@peculiar/asn1-x509";
import { keyFault } from "../../x509/key-check.ts";
import { readPem } from "../../x509/pem.ts";
import type { SubjectAttribute, SubjectNames } from "../certificate-request.ts";
import { NO_NAMES, readSubjectNames } from "./read-subject-names.ts";

/** A certificate signing request that was read and whose own signature holds. */
export interface SigningRequest {
  /** PEM as it was written, without white space around it. */
  readonly pem: string;
  /** What tells it from others however its PEM is written: the base64 of its DER. */
  readonly identity: string;
  readonly key: KeyObject;
  readonly subject: readonly SubjectAttribute[];
  readonly names: SubjectNames;
}

type Refused = { readonly refused: string };

const LABELS = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
const EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
const SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
const MAX_ATTRIBUTES = 50;

/** Digests of signatures by their algorithm's object identifier; SHA-1 and older are none that prove anything. */
const DIGESTS: Readonly<Record<string, string | null>> = {
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.3.101.112": null,
};

/**
 * Reads a PKCS #10 request, or says why it is not taken: form, key, its own signature, names. Never throws.
 *
 * @see RFC 2986, and RFC 2985 section 5.4.2 for the extensions that it asks for.
 */
export function readCsr(pem: string): SigningRequest | Refused {
  const block = readPem(pem, LABELS);
  if ("refused" in block) return block;
  if (!isOneValue(block.der)) return { refused: "holds something after the request in its block" };
  try {
    const request = AsnConvert.parse(block.der, CertificationRequest);
    const { subject, subjectPKInfo, attributes } = request.certificationRequestInfo;
    const spki = Buffer.from(AsnConvert.serialize(subjectPKInfo));
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    const fault = keyFault(key) ?? signatureFault(request, key);
    if (fault !== undefined) return { refused: fault };
    const read = subject.flatMap((set) =>
      [...set].map(({ type, value }) => ({ oid: type, value: textOf(value) })),
    );
    if (read.length > MAX_ATTRIBUTES)
      return { refused: `has ${read.length} attributes in its subject; allowed are ${MAX_ATTRIBUTES}` };
    if (read.some(({ value }) => /\p{Cc}/u.test(value)))
      return { refused: "has control characters in its subject" };
    const extensions = [...(attributes ?? [])]
      .filter(({ type }) => type === EXTENSION_REQUEST)
      .flatMap(({ values }) => values.flatMap((value) => [...AsnConvert.parse(value, Extensions)]));
    const [names, ...more] = extensions.filter(({ extnID }) => extnID === SUBJECT_ALTERNATIVE_NAME);
    if (more.length > 0) return { refused: "has its alternative names twice" };
    const given = names === undefined ? NO_NAMES : readSubjectNames(names.extnValue.buffer);
    if ("refused" in given) return given;
    return { pem: block.text, identity: block.der.toString("base64"), key, subject: read, names: given };
  } catch {
    // The parsers' own words say nothing to the one who has to mend it.
    return { refused: "is no PKCS #10 request" };
  }
}

function textOf(value: AttributeValue): string {
  return value.anyValue ? `#${Buffer.from(value.anyValue).toString("hex")}` : value.toString();
}

function signatureFault(request: CertificationRequest, key: KeyObject): string | undefined {
  const { algorithm } = request.signatureAlgorithm;
  const digest = Object.hasOwn(DIGESTS, algorithm) ? DIGESTS[algorithm] : undefined;
  if (digest === undefined)
    return "is signed in a way that is not taken; taken are SHA-256 to SHA-512 with RSA or ECDSA, and Ed25519";
  const signed = Buffer.from(request.certificationRequestInfoRaw ?? new ArrayBuffer(0));
  const holds = verify(digest, signed, key, Buffer.from(request.signature));
  return holds ? undefined : "has a signature that does not hold, so it does not prove whose key it is";
}

/** Says whether DER is one value and nothing after it, by the length that it states. */
function isOneValue(der: Buffer): boolean {
  const first = der[1] ?? 0;
  if (first < 0x80) return der.length === 2 + first;
  const bytes = first & 0x7f;
  if (bytes === 0 || bytes > 4 || der.length < 2 + bytes) return false;
  return der.length === 2 + bytes + der.readUIntBE(2, bytes);
}
