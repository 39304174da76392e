import { createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { OrreryError } from "@orrery/problems";
import type { MaterialSource } from "../make-material.ts";
import { repeatableCrypto } from "./repeatable-crypto.ts";

/** A private key with the way to sign with it. */
export interface SigningKey {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly algorithm: { readonly name: string; readonly hash: "SHA-256" };
  /** To be used for all that is signed with the key: ECDSA signatures are the same each time then. RSA's are by themselves. */
  readonly crypto: webcrypto.Crypto;
  /** The public key as DER (SubjectPublicKeyInfo). */
  readonly spki: Buffer;
}

/**
 * Reads the private key that a material holds: P-256, or RSA of 2048 bits or more.
 *
 * @throws OrreryError `MATERIAL_UNKNOWN` when there is none of that id, `MATERIAL_UNREADABLE` when it is no such key.
 */
export async function readSigningKey(id: string, of: MaterialSource["of"]): Promise<SigningKey> {
  const pem = of(id);
  if (pem === undefined) {
    throw new OrreryError("MATERIAL_UNKNOWN", `key ${JSON.stringify(id)} names no material that has a value`);
  }
  const key = parse(id, pem);
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const rsa = key.asymmetricKeyType === "rsa";
  const algorithm = { name: rsa ? "RSASSA-PKCS1-v1_5" : "ECDSA", hash: "SHA-256" } as const;
  const imported = rsa ? algorithm : { ...algorithm, namedCurve: "P-256" };
  const { subtle } = webcrypto;
  const pkcs8 = key.export({ type: "pkcs8", format: "der" });
  const keys = {
    privateKey: await subtle.importKey("pkcs8", pkcs8, imported, false, ["sign"]),
    publicKey: await subtle.importKey("spki", spki, imported, true, ["verify"]),
  };
  const { d } = key.export({ format: "jwk" });
  return {
    keys,
    algorithm,
    spki,
    crypto: rsa ? webcrypto : repeatableCrypto(Buffer.from(d ?? "", "base64url")),
  };
}

function parse(id: string, pem: string): KeyObject {
  let found = "no private key in PEM";
  try {
    const key = createPrivateKey(pem);
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === "rsa" && modulusLength >= 2048) return key;
    if (key.asymmetricKeyType === "ec" && namedCurve === "prime256v1") return key;
    found = `a key of kind ${[key.asymmetricKeyType, namedCurve, modulusLength || ""].filter(Boolean).join(" ")}`;
  } catch {
    // What OpenSSL says of it could quote it.
  }
  throw new OrreryError(
    "MATERIAL_UNREADABLE",
    `material ${JSON.stringify(id)} holds ${found}; allowed are P-256 and RSA of 2048 bits or more`,
  );
}
