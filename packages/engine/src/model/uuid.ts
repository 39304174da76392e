/** Makes a canonical lower-case UUID version 4 of sixteen random bytes. @see RFC 9562, section 5.4. */
export function uuidFrom(bytes: Uint8Array): string {
  const set = Uint8Array.from(bytes.subarray(0, 16));
  set[6] = ((set[6] ?? 0) & 0x0f) | 0x40;
  set[8] = ((set[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...set].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
