/** One escape of JSON; an escaped surrogate is a lone one, since `JSON.stringify` writes pairs as they are. */
const ESCAPE = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/gi;
/** What YAML takes for the end of a line or for no character at all, and JSON leaves as it is. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * Writes JSON that YAML readers written in Go take for the same value, whatever texts it holds.
 *
 * Lone surrogates, which are no text, become U+FFFD.
 *
 * @see YAML 1.1, 5.1 Character Set; gopkg.in/yaml, `readerc.go` and `scannerc.go`.
 */
export function yamlJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent)
    .replaceAll(ESCAPE, (escape, surrogate: string | undefined) =>
      surrogate === undefined ? escape : "\ufffd",
    )
    .replaceAll(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
