/** One PEM block, or why a text is none. */
export type PemRead = { readonly der: Buffer; readonly text: string } | { readonly refused: string };

/** The most characters that one PEM text may have. */
export const MAX_PEM_LENGTH: number = 32 * 1024;

const BLOCK = /^-----BEGIN ([A-Z0-9 ]{1,40})-----\s([A-Za-z0-9+/=\s]*)-----END ([A-Z0-9 ]{1,40})-----$/;

/**
 * Reads a text that is one PEM block and nothing else but white space around it.
 *
 * The text that is given back is the sender's, without that white space. What a refused text holds is never repeated: it may be a key.
 *
 * @param labels - What the block may be called, such as `CERTIFICATE`.
 * @see RFC 7468, strict parsing, with lines of any length.
 */
export function readPem(pem: string, labels: readonly string[]): PemRead {
  if (pem.length > MAX_PEM_LENGTH)
    return { refused: `has ${pem.length} characters; allowed are ${MAX_PEM_LENGTH}` };
  const text = pem.trim();
  const [, begin = "", body = "", end] = BLOCK.exec(text) ?? [];
  if (begin === "" || begin !== end) return { refused: `is not one PEM block of ${labels.join(" or ")}` };
  if (!labels.includes(begin)) return { refused: `is PEM of ${begin}; wanted is ${labels.join(" or ")}` };
  const base64 = body.replaceAll(/\s+/g, "");
  const der = Buffer.from(base64, "base64");
  if (der.length === 0 || der.toString("base64") !== base64)
    return { refused: "does not hold base64 between its lines" };
  return { der, text };
}

/** Writes DER as PEM, in lines of 64 characters and without white space around it, as Python's peers do. */
export function writePem(der: Buffer, label: string): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join("\n");
}

const BLOCKS = /-----BEGIN [A-Z0-9 ]{1,40}-----[^-]*-----END [A-Z0-9 ]{1,40}-----/g;

/** Gives the PEM blocks of a text that may hold several, with other text between them; the text itself where there is none. */
export function splitPem(text: string): readonly string[] {
  return text.match(BLOCKS) ?? [text];
}
