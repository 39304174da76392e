import type { MaterialSource } from "../make-material.ts";

/** A serial number in hexadecimal: 16 random bytes, positive and always of the same length. @see RFC 5280, section 4.1.2.2. */
export function serialNumber(random: MaterialSource["random"]): string {
  const bytes = Buffer.from(random(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}
