import { webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
} from "./x509.ts";
import type { Extension } from "./x509.ts";

/** Public keys as DER (SubjectPublicKeyInfo). */
export interface CertifiedKeys {
  readonly subject: Uint8Array<ArrayBuffer>;
  readonly issuer: Uint8Array<ArrayBuffer>;
}

/** What a CA may do: sign certificates and revocations. A path length of 0 lets it sign leafs alone; any when absent. */
export function caExtensions(pathLength?: number): readonly Extension[] {
  return [
    new BasicConstraintsExtension(true, pathLength, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

/** What a leaf may do: stand for a server and for a client. RSA keys may also take keys that were encrypted for them. */
export function leafExtensions(key: { readonly rsa: boolean }): readonly Extension[] {
  const encipher = key.rsa ? KeyUsageFlags.keyEncipherment : 0;
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | encipher, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
  ];
}

/** Which key is certified, and with which one it was signed. @see RFC 5280, sections 4.2.1.1 and 4.2.1.2. */
export async function keyIdentifiers({ subject, issuer }: CertifiedKeys): Promise<readonly Extension[]> {
  return [
    await SubjectKeyIdentifierExtension.create(subject, false, webcrypto),
    await AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
  ];
}
