import { createECDH, createPrivateKey, webcrypto } from "node:crypto";
import type { JsonWebKey } from "node:crypto";
import type { PrivateKeyRequest } from "@orrery/charm";
import type { MaterialSource } from "../make-material.ts";

/** A private key as PEM (PKCS #8). A P-256 key is the same for the same randomness; the primes of an RSA key are WebCrypto's own. */
export async function makePrivateKey(
  algorithm: PrivateKeyRequest["algorithm"],
  random: MaterialSource["random"],
): Promise<string> {
  const key = algorithm === "rsa-2048" ? await rsaKey() : ecdsaKey(random);
  return createPrivateKey({ key, format: "jwk" }).export({ type: "pkcs8", format: "pem" }).toString();
}

/** A key whose secret is 32 random bytes. */
function ecdsaKey(random: MaterialSource["random"]): JsonWebKey {
  const ecdh = createECDH("prime256v1");
  const secret = Buffer.from(random(32));
  // The curve's order is a little below 2^256: without its first bit every number but nought fits.
  secret[0] = (secret[0] ?? 0) & 0x7f;
  secret[31] = (secret[31] ?? 0) | 1;
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)].map((part) => part.toString("base64url"));
  return { kty: "EC", crv: "P-256", d: secret.toString("base64url"), x: x ?? "", y: y ?? "" };
}

async function rsaKey(): Promise<JsonWebKey> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  };
  const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const { kty, n, e, d, p, q, dp, dq, qi } = await webcrypto.subtle.exportKey("jwk", privateKey);
  return { kty, n, e, d, p, q, dp, dq, qi } as JsonWebKey;
}
