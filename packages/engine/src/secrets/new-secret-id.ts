const CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH = 20;
/** Seven times 36: bytes past it would make the first characters likelier. */
const FAIR = 252;

/** Makes the id of a secret: 20 characters of 0–9 and a–z, at random. */
export function newSecretId(random: (bytes: number) => Uint8Array): string {
  let id = "";
  while (id.length < LENGTH) {
    for (const byte of random(LENGTH)) {
      if (byte < FAIR && id.length < LENGTH) id += CHARACTERS[byte % CHARACTERS.length] ?? "";
    }
  }
  return id;
}
