import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { Vault } from "@orrery/engine";
import { OrreryError } from "@orrery/problems";

const ALGORITHM = "aes-256-gcm";
const FORM = "sealed1";
/** @see NIST SP 800-38D, section 5.2.1.1: the length of nonce that GCM is made for. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals with AES-256-GCM: `sealed1:<id of the key>:<nonce, text and tag in base64>`, bound to the place that it was sealed for.
 *
 * @param key - 32 bytes.
 * @param random - Of cryptographic quality: a nonce must never come twice with one key.
 * @see NIST SP 800-38D.
 */
export function sealingVault(key: Uint8Array, random: (bytes: number) => Uint8Array): Vault {
  const id = createHash("sha256").update("orrery secrets key").update(key).digest("hex").slice(0, 16);
  return {
    seal: (text, place) => {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place, "utf8"));
      const bytes = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
      return [FORM, id, Buffer.concat(bytes).toString("base64")].join(":");
    },
    open: (sealed, place) => {
      const [form, of, base64 = ""] = sealed.split(":", 3);
      if (form !== FORM || of !== id)
        throw new OrreryError("SECRETS_KEY_WRONG", `state of ${place} was sealed with another key`);
      const bytes = Buffer.from(base64, "base64");
      try {
        // Base64 can say the same in more ways than one; a changed text is a changed text.
        if (bytes.toString("base64") !== base64) throw new Error("it is not as it was written");
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(Buffer.from(place, "utf8"));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new OrreryError("STORE_FAILED", `state of ${place} is damaged, or was put in another's place`, {
          cause,
        });
      }
    },
  };
}
