import { resolve } from "node:path";

/**
 * Makes a charm reference good in every folder: paths become absolute, names stay.
 *
 * What holds a slash, starts with a dot, or ends like a YAML file or a packed charm is a path; the engine works in another folder than
 * the person.
 */
export function charmReference(text: string, folder: string): string {
  const path = text.includes("/") || text.startsWith(".") || /\.(ya?ml|charm)$/.test(text);
  return path ? resolve(folder, text) : text;
}
