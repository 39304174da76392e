import type { AlternativeNames } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { MOST_NAMES, isAddress, isDnsName } from "./host-name.ts";
import { SubjectAlternativeNameExtension } from "./x509.ts";
import type { JsonGeneralName, Pkcs10CertificateRequest } from "./x509.ts";

const ALTERNATIVE_NAME = "2.5.29.17";
const EXTENSION_REQUEST = "1.2.840.113549.1.9.14";

/**
 * Writes the alternative names that a request asks for; nothing when there are none.
 *
 * @throws OrreryError `MATERIAL_NAME_INVALID` for one that a certificate cannot bear.
 */
export function writeAlternativeNames(sans: AlternativeNames): SubjectAlternativeNameExtension | undefined {
  const names: JsonGeneralName[] = [
    ...(sans.dns ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(sans.ip ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  const fault = faultOf(names);
  if (fault !== undefined) throw new OrreryError("MATERIAL_NAME_INVALID", fault);
  return names.length === 0 ? undefined : new SubjectAlternativeNameExtension(names);
}

/**
 * Takes the alternative names out of somebody's request: all of them, checked, or none.
 *
 * @throws OrreryError `CSR_REFUSED` for one that is not certified: a certificate that lacked it would not do what was asked for.
 */
export function readAlternativeNames(csr: Pkcs10CertificateRequest): readonly JsonGeneralName[] {
  const [found, ...others] = csr.getExtensions(ALTERNATIVE_NAME);
  if (others.length > 0 || csr.getAttributes(EXTENSION_REQUEST).length > 1) {
    throw new OrreryError("CSR_REFUSED", "request asks for alternative names twice");
  }
  if (!found) return [];
  const names = found instanceof SubjectAlternativeNameExtension ? found.names.toJSON() : [];
  const fault = faultOf(names);
  if (fault !== undefined) throw new OrreryError("CSR_REFUSED", fault);
  // The library passes over kinds of names that it does not know; they must not be lost without a word.
  const written = names.length === 0 ? undefined : new SubjectAlternativeNameExtension([...names]).value;
  if (!written || !Buffer.from(written).equals(Buffer.from(found.value))) {
    throw new OrreryError(
      "CSR_REFUSED",
      "request asks for alternative names of a kind that is not certified; allowed are dns, ip",
    );
  }
  return names;
}

function faultOf(names: readonly JsonGeneralName[]): string | undefined {
  if (names.length > MOST_NAMES) return `${names.length} alternative names; allowed are ${MOST_NAMES}`;
  for (const { type, value } of names) {
    const shown = JSON.stringify(value.slice(0, 300));
    if (type !== "dns" && type !== "ip") {
      return `alternative name ${shown} is of kind ${type}; allowed are dns, ip`;
    }
    if (type === "dns" && !isDnsName(value)) return `alternative name ${shown} is no DNS name`;
    if (type === "ip" && !isAddress(value)) return `alternative name ${shown} is no IPv4 or IPv6 address`;
  }
  return undefined;
}
