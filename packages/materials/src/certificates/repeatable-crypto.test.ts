import { createECDH, webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { repeatableCrypto } from "./repeatable-crypto.ts";

const SECRET = Buffer.from("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", "hex");
const ALGORITHM = { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" };

/** The public key of {@link SECRET}, as WebCrypto takes it. */
async function publicKey(): Promise<webcrypto.CryptoKey> {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(SECRET);
  return await webcrypto.subtle.importKey("raw", ecdh.getPublicKey(), ALGORITHM, true, ["verify"]);
}

test.for([
  {
    message: "sample",
    signature:
      "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716" +
      "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
  },
  {
    message: "test",
    signature:
      "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367" +
      "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
  },
])("signs $message as RFC 6979, A.2.5, says", async ({ message, signature }) => {
  const { subtle } = repeatableCrypto(SECRET);
  const signed = await subtle.sign(ALGORITHM, await publicKey(), Buffer.from(message));

  expect(Buffer.from(signed).toString("hex").toUpperCase()).toBe(signature);
});

test("what it signs, WebCrypto verifies; everything else is WebCrypto's own", async () => {
  const crypto = repeatableCrypto(SECRET);
  const key = await publicKey();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const message = new Uint8Array(bytes);
      const signed = await crypto.subtle.sign(ALGORITHM, key, message.buffer);
      expect(await crypto.subtle.verify(ALGORITHM, key, signed, message)).toBe(true);
    }),
    { numRuns: 20 },
  );
  expect(crypto.getRandomValues(new Uint8Array(4))).toHaveLength(4);
});
