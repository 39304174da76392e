const BLOCK = /^\s*-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n([A-Za-z0-9+/=\s]+?)\r?\n?-----END \1-----\s*$/;

/** The bytes of a text that is one PEM block of one of these labels; nothing when it is anything else. */
export function readPem(text: string, labels: readonly string[]): Uint8Array<ArrayBuffer> | undefined {
  const [, label = "", body = ""] = BLOCK.exec(text) ?? [];
  if (!labels.includes(label)) return undefined;
  const bytes = Buffer.from(body, "base64");
  return bytes.length === 0 ? undefined : new Uint8Array(bytes);
}

/** Ends with a line break, so that blocks can be set one after another. */
export function writePem(block: { readonly toString: (format: "pem") => string }): string {
  return `${block.toString("pem")}\n`;
}
