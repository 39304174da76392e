import type { CaCertificateRequest } from "@orrery/charm";
import type { MaterialSource } from "../make-material.ts";
import { caExtensions, keyIdentifiers } from "./extensions.ts";
import { writePem } from "./pem.ts";
import { serialNumber } from "./serial-number.ts";
import { readSigningKey } from "./signing-key.ts";
import { writeSubject } from "./subject-name.ts";
import { validityFrom } from "./validity.ts";
import { X509CertificateGenerator } from "./x509.ts";

/**
 * Makes the certificate of a CA, signed by its own key.
 *
 * @throws OrreryError `MATERIAL_UNKNOWN`, `MATERIAL_UNREADABLE`, `MATERIAL_NAME_INVALID`.
 */
export async function makeCaCertificate(
  request: CaCertificateRequest,
  from: MaterialSource,
): Promise<string> {
  const name = writeSubject(request.subject);
  const { keys, algorithm, crypto, spki } = await readSigningKey(request.key, from.of);
  const key = new Uint8Array(spki);
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(from.random),
      name,
      ...validityFrom(from.now(), request.validitySeconds),
      keys,
      signingAlgorithm: algorithm,
      extensions: [...caExtensions(), ...(await keyIdentifiers({ subject: key, issuer: key }))],
    },
    crypto,
  );
  return writePem(made);
}
