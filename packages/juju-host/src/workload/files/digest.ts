import { createHash } from "node:crypto";

/** SHA-256 of a text's UTF-8, hexadecimal. */
export function digestOf(content: string): string {
  return createHash("sha256").update(content, "utf8").digest("hex");
}

/** Digest of a set of files: of their paths, permission bits and contents. */
export function digestOfSet(
  files: Readonly<Record<string, { readonly digest: string; readonly mode: number }>>,
): string {
  const sorted = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify(sorted.map(([path, { digest, mode }]) => [path, digest, mode])));
}
