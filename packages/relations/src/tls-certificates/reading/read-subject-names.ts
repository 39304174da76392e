import { isIP } from "node:net";
import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectAlternativeName } from "@peculiar/asn1-x509";
import type { GeneralName } from "@peculiar/asn1-x509";
import type { SubjectNames } from "../certificate-request.ts";

/** The most names that one request may have. */
const MAX_NAMES = 100;

const DNS =
  /^(?=.{1,253}$)(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const PRINTABLE = /^[!-~]{1,1024}$/;
const EMAIL = /^[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,253}$/;

/** What a request has for names when it has none. */
export const NO_NAMES: SubjectNames = { dns: [], ip: [], email: [], uri: [], oid: [] };

/**
 * Reads a subject alternative name extension, or says why it is not taken: one bad name spoils the request, since a certificate without
 * it is not what was asked for.
 */
export function readSubjectNames(der: ArrayBuffer): SubjectNames | { readonly refused: string } {
  const all = [...AsnConvert.parse(der, SubjectAlternativeName)];
  if (all.length > MAX_NAMES) return { refused: `has ${all.length} names; allowed are ${MAX_NAMES}` };
  const names: Name[] = [];
  for (const one of all) {
    const read = readName(one);
    if ("refused" in read) return read;
    names.push(read);
  }
  const of = (kind: keyof SubjectNames): readonly string[] =>
    [...new Set(names.filter((one) => one.kind === kind).map(({ name }) => name))].toSorted();
  return { dns: of("dns"), ip: of("ip"), email: of("email"), uri: of("uri"), oid: of("oid") };
}

interface Name {
  readonly kind: keyof SubjectNames;
  readonly name: string;
}

function readName(name: GeneralName): Name | { readonly refused: string } {
  const dns = name.dNSName?.toLowerCase();
  if (dns !== undefined)
    return DNS.test(dns) ? { kind: "dns", name: dns } : { refused: "has a DNS name that is none" };
  const { iPAddress: ip, rfc822Name: email, uniformResourceIdentifier: uri, registeredID: oid } = name;
  if (ip !== undefined)
    return isIP(ip) === 0 ? { refused: "has an IP address that is none" } : { kind: "ip", name: ip };
  if (email !== undefined)
    return EMAIL.test(email)
      ? { kind: "email", name: email }
      : { refused: "has an e-mail address that is none" };
  if (uri !== undefined)
    return PRINTABLE.test(uri) ? { kind: "uri", name: uri } : { refused: "has a URI that is none" };
  if (oid !== undefined) return { kind: "oid", name: oid };
  return {
    refused: "has a name of a kind that is not carried; carried are DNS, IP, e-mail, URI and registered ID",
  };
}
