import type { KeyObject } from "node:crypto";

const CURVES = ["prime256v1", "secp384r1", "secp521r1"];

/** Bits of RSA keys that are taken: shorter ones are broken, longer ones cost without end. */
const RSA_BITS = { least: 2048, most: 8192 };

/** Says why a public key is not taken, or nothing where it is: RSA of 2048 to 8192 bits, P-256, P-384, P-521, Ed25519. */
export function keyFault(key: KeyObject): string | undefined {
  const kind = key.asymmetricKeyType ?? "unknown";
  if (kind === "ed25519") return undefined;
  if (kind === "rsa") return rsaFault(key);
  if (kind !== "ec") return `has a key of type ${kind}; allowed are rsa, ec and ed25519`;
  const curve = key.asymmetricKeyDetails?.namedCurve ?? "of its own";
  return CURVES.includes(curve)
    ? undefined
    : `has a key on the curve ${curve}; allowed are ${CURVES.join(", ")}`;
}

function rsaFault(key: KeyObject): string | undefined {
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (bits < RSA_BITS.least || bits > RSA_BITS.most)
    return `has an RSA key of ${bits} bits; allowed are ${RSA_BITS.least} to ${RSA_BITS.most}`;
  // A large exponent makes each check as costly as a signature.
  return exponent < 3n || exponent > 0xffff_ffffn
    ? "has an RSA key whose exponent is not within 3 to 2^32"
    : undefined;
}
