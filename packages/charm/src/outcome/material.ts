/** A thing that the host should make once and keep, as a secret. */
export type MaterialRequest = PasswordRequest | PrivateKeyRequest;

/** A random text. */
export interface PasswordRequest {
  readonly kind: "password";
  /** Characters of A–Z, a–z, 0–9; 12 to 128. */
  readonly length: number;
  /** RFC 3339: once this has passed, the host makes one new generation. */
  readonly rotateAt?: string;
}

/** A private key, given as PEM (PKCS #8). */
export interface PrivateKeyRequest {
  readonly kind: "private-key";
  readonly algorithm: "ecdsa-p256" | "rsa-2048";
  readonly rotateAt?: string;
}

/** Asks for a random password. */
export function password(length: number): PasswordRequest {
  return { kind: "password", length };
}

/** Asks for a private key. */
export function privateKey(algorithm: PrivateKeyRequest["algorithm"]): PrivateKeyRequest {
  return { kind: "private-key", algorithm };
}
