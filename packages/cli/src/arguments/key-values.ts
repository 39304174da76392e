import { OrreryError } from "@orrery/problems";

/**
 * Reads `key=value` arguments; a value may be empty and hold `=`.
 *
 * @throws OrreryError `CLI_USAGE` for an argument of another form, or a key that is given twice.
 */
export function keyValues(texts: readonly string[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at < 1) {
      throw new OrreryError("CLI_USAGE", `argument ${JSON.stringify(text)} is not of the form key=value`, {
        remedy: "write it as key=value, without spaces around the sign",
      });
    }
    const key = text.slice(0, at);
    if (found.has(key))
      throw new OrreryError("CLI_USAGE", `key ${key} is given twice`, { remedy: "give it once" });
    found.set(key, text.slice(at + 1));
  }
  return Object.fromEntries(found);
}
