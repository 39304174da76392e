/** Writes a text as one word for a POSIX shell, whatever it holds; NUL cannot be written. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
