import { OrreryError } from "@orrery/problems";
import { parseDocument } from "yaml";

/** The most that one metadata file of a charm may hold, in bytes: 1 MiB. */
const MOST_BYTES = 1024 * 1024;

/**
 * Reads a metadata file as Juju does: YAML 1.1, where `on` is true and of a key that stands twice the last one counts.
 *
 * @param file - How messages call it.
 * @throws OrreryError `CHARM_INVALID` when it is too large, no YAML, or holds no map.
 * @see https://yaml.org/type/ for what YAML 1.1 takes for a boolean or a number.
 */
export function parseJujuYaml(text: string, file: string): Readonly<Record<string, unknown>> {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES)
    throw new OrreryError("CHARM_INVALID", `${file} holds ${bytes} bytes; allowed are ${MOST_BYTES}`);
  const value = read(text, file);
  if (value === null || value === undefined) return {};
  if (isRecord(value)) return value;
  throw new OrreryError("CHARM_INVALID", `${file} holds no map of names to values`);
}

/** Says whether a value is a map by name. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function read(text: string, file: string): unknown {
  try {
    const document = parseDocument(text, { version: "1.1", uniqueKeys: false });
    const [fault] = document.errors;
    if (fault) throw fault;
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const told = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new OrreryError("CHARM_INVALID", `${file} is no YAML: ${told}`, { cause });
  }
}
