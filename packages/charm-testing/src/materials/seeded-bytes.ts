import { createHash } from "node:crypto";

/** Bytes that look random and are the same for the same seed; each call goes on where the last one ended. */
export function seededBytes(seed: number): (count: number) => Uint8Array {
  let drawn = 0;
  return (count) => {
    const blocks = Array.from({ length: Math.ceil(count / 32) }, () => {
      drawn += 1;
      return createHash("sha256").update(`${seed} ${drawn}`).digest();
    });
    return Buffer.concat(blocks, count);
  };
}
