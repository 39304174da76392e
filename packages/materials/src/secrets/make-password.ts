import type { MaterialSource } from "../make-material.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A text of so many letters and digits, each as likely as the other. */
export function makePassword(length: number, random: MaterialSource["random"]): string {
  let text = "";
  while (text.length < length) {
    for (const byte of random(length)) {
      // 248 is four times 62: bytes past it would make the first letters likelier.
      if (byte < 248 && text.length < length) text += LETTERS[byte % LETTERS.length] ?? "";
    }
  }
  return text;
}
