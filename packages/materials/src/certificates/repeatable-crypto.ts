import { webcrypto } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";

/**
 * WebCrypto, but for signing: that is done with this P-256 key, by ECDSA with SHA-256 and a nonce that follows from key
 * and message, so that the same certificate has the same bytes each time it is made. WebCrypto draws a new nonce each time.
 *
 * @param secret - The private key: 32 bytes, big endian.
 * @see RFC 6979; decision 7 says why this library.
 */
export function repeatableCrypto(secret: Uint8Array): webcrypto.Crypto {
  const sign: webcrypto.SubtleCrypto["sign"] = async (_algorithm, _key, data) => {
    const message = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return new Uint8Array(p256.sign(message, secret, { lowS: false, prehash: true })).buffer;
  };
  const subtle = withChanged(webcrypto.subtle, { sign });
  return withChanged(webcrypto, { subtle });
}

/** The object with some of its members replaced; the others work on the object itself, as those of WebCrypto must. */
function withChanged<Target extends object>(target: Target, changed: Partial<Target>): Target {
  return new Proxy(target, {
    get(_target, name): unknown {
      if (Object.hasOwn(changed, name)) return Reflect.get(changed, name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
