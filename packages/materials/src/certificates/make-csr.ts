import type { CsrRequest } from "@orrery/charm";
import type { MaterialSource } from "../make-material.ts";
import { writeAlternativeNames } from "./alternative-names.ts";
import { writePem } from "./pem.ts";
import { readSigningKey } from "./signing-key.ts";
import { writeSubject } from "./subject-name.ts";
import { Pkcs10CertificateRequestGenerator } from "./x509.ts";

/**
 * Makes a certificate signing request: the names and the key that are to be certified, signed by that key.
 *
 * @throws OrreryError `MATERIAL_UNKNOWN`, `MATERIAL_UNREADABLE`, `MATERIAL_NAME_INVALID`.
 */
export async function makeCsr(request: CsrRequest, from: MaterialSource): Promise<string> {
  const names = writeAlternativeNames(request.sans);
  const name = writeSubject(request.subject);
  const { keys, algorithm, crypto } = await readSigningKey(request.key, from.of);
  const made = await Pkcs10CertificateRequestGenerator.create(
    { name, keys, signingAlgorithm: algorithm, ...(names ? { extensions: [names] } : {}) },
    crypto,
  );
  return writePem(made);
}
