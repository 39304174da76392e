import { createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { OrreryError } from "@orrery/problems";
import { readAlternativeNames } from "./alternative-names.ts";
import { readPem } from "./pem.ts";
import { faultOfSubject } from "./subject-name.ts";
import { Pkcs10CertificateRequest } from "./x509.ts";
import type { JsonGeneralName, Name } from "./x509.ts";

/** What of somebody's request is certified: nothing else of it reaches the certificate. */
export interface CertifiableRequest {
  readonly subject: Name;
  readonly names: readonly JsonGeneralName[];
  /** The public key as DER (SubjectPublicKeyInfo). */
  readonly spki: Uint8Array<ArrayBuffer>;
  readonly rsa: boolean;
}

/** Characters of a request: the largest in use have some 10 000. */
const LARGEST = 65_536;
const CURVES: readonly string[] = ["prime256v1", "secp384r1", "secp521r1"];

/**
 * Reads somebody's request, which may hold anything, and checks it.
 *
 * Extensions that it asks for beside alternative names, such as to be a CA, are never taken over.
 * @throws OrreryError `CSR_UNREADABLE`, `CSR_SIGNATURE_INVALID`, `CSR_REFUSED`.
 */
export async function readCsr(text: string): Promise<CertifiableRequest> {
  if (text.length > LARGEST) {
    throw new OrreryError("CSR_UNREADABLE", `request has ${text.length} characters; allowed are ${LARGEST}`);
  }
  const bytes = readPem(text, ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]);
  if (!bytes) throw new OrreryError("CSR_UNREADABLE", "request is not one PEM block CERTIFICATE REQUEST");
  const csr = reading(() => new Pkcs10CertificateRequest(bytes));
  const spki = reading(() => new Uint8Array(csr.publicKey.rawData));
  const key = reading(() => createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" }));
  expectStrong(key);
  if (!(await csr.verify(webcrypto).catch(() => false))) {
    throw new OrreryError("CSR_SIGNATURE_INVALID", "request is not signed by the key that it holds");
  }
  const { subject, names } = reading(() => ({ subject: csr.subjectName, names: readAlternativeNames(csr) }));
  const fault = reading(() => faultOfSubject(subject));
  if (fault !== undefined) throw new OrreryError("CSR_REFUSED", `request's subject has ${fault}`);
  if (names.length === 0 && subject.toJSON().length === 0) {
    throw new OrreryError(
      "CSR_REFUSED",
      "request names nobody: it has neither a subject nor alternative names",
    );
  }
  return { subject, names, spki, rsa: key.asymmetricKeyType === "rsa" };
}

/** Whatever the library throws at what somebody wrote is one finding. */
function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof OrreryError) throw cause;
    throw new OrreryError("CSR_UNREADABLE", "request does not hold what a PKCS #10 request holds", { cause });
  }
}

function expectStrong(key: KeyObject): void {
  const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
  const kind = key.asymmetricKeyType ?? "unknown";
  if (kind === "rsa" && modulusLength >= 2048 && modulusLength <= 8192) return;
  if (kind === "ec" && CURVES.includes(namedCurve)) return;
  const found = [kind, namedCurve, modulusLength || ""].filter(Boolean).join(" ");
  throw new OrreryError(
    "CSR_REFUSED",
    `request's key is ${found}; allowed are RSA of 2048 to 8192 bits, P-256, P-384 and P-521`,
  );
}
