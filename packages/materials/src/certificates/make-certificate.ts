import type { CertificateRequest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { MaterialSource } from "../make-material.ts";
import { caExtensions, keyIdentifiers, leafExtensions } from "./extensions.ts";
import { readPem, writePem } from "./pem.ts";
import { readCsr } from "./read-csr.ts";
import { serialNumber } from "./serial-number.ts";
import { readSigningKey } from "./signing-key.ts";
import type { SigningKey } from "./signing-key.ts";
import { validityFrom } from "./validity.ts";
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "./x509.ts";

/**
 * Makes the certificate that somebody's request asks for, signed by a CA.
 *
 * Subject, alternative names and key are the request's own, once they are checked; everything else is decided here.
 * @throws OrreryError `CSR_UNREADABLE`, `CSR_SIGNATURE_INVALID`, `CSR_REFUSED`, `CA_UNFIT`, `MATERIAL_UNKNOWN`,
 * `MATERIAL_UNREADABLE`.
 */
export async function makeCertificate(request: CertificateRequest, from: MaterialSource): Promise<string> {
  const signing = await readSigningKey(request.key, from.of);
  const ca = readCa(request, { signing, from });
  const { subject, names, spki, rsa } = await readCsr(request.csr);
  const nameless = subject.toJSON().length === 0;
  if (request.isCa === true && nameless) {
    throw new OrreryError("CSR_REFUSED", "request for the certificate of a CA has no subject");
  }
  const made = await X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(from.random),
      issuer: ca.subjectName,
      subject,
      ...validityFrom(from.now(), request.validitySeconds, ca),
      publicKey: spki,
      signingKey: signing.keys.privateKey,
      signingAlgorithm: signing.algorithm,
      extensions: [
        ...(request.isCa === true ? caExtensions(0) : leafExtensions({ rsa })),
        // Where nothing else says who is meant, whoever checks must look at these names.
        ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension([...names], nameless)]),
        ...(await keyIdentifiers({ subject: spki, issuer: new Uint8Array(signing.spki) })),
      ],
    },
    signing.crypto,
  );
  return writePem(made);
}

/** @throws OrreryError `CA_UNFIT` when it cannot sign now with this key, `MATERIAL_UNKNOWN`, `MATERIAL_UNREADABLE`. */
function readCa(
  { ca: id, key }: CertificateRequest,
  { signing, from }: { readonly signing: SigningKey; readonly from: MaterialSource },
): X509Certificate {
  const quoted = JSON.stringify(id);
  const pem = from.of(id);
  if (pem === undefined) {
    throw new OrreryError("MATERIAL_UNKNOWN", `ca ${quoted} names no material that has a value`);
  }
  const ca = parse(pem);
  if (!ca) throw new OrreryError("MATERIAL_UNREADABLE", `material ${quoted} holds no certificate in PEM`);
  if (ca.getExtension(BasicConstraintsExtension)?.ca !== true) {
    throw new OrreryError("CA_UNFIT", `certificate ${quoted} is not that of a CA`);
  }
  if (!Buffer.from(ca.publicKey.rawData).equals(signing.spki)) {
    throw new OrreryError(
      "CA_UNFIT",
      `certificate ${quoted} belongs to another key than ${JSON.stringify(key)}`,
    );
  }
  if (ca.notAfter.getTime() <= from.now()) {
    throw new OrreryError("CA_UNFIT", `certificate ${quoted} ended at ${ca.notAfter.toISOString()}`);
  }
  return ca;
}

function parse(pem: string): X509Certificate | undefined {
  const bytes = readPem(pem, ["CERTIFICATE"]);
  try {
    return bytes && new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}
