import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { OrreryError } from "@orrery/problems";

/** What a person gave of a secret. */
export interface SecretArguments {
  /** `key=value`, `key#base64=value` or `key#file=path`, as Juju takes them. */
  readonly texts: readonly string[];
  /** A YAML file of keys and values; what `texts` say goes first. */
  readonly file: string | undefined;
  /** Folder that paths are relative to. */
  readonly folder: string;
}

/** The most that a file may hold, in bytes: what a secret takes. */
const LARGEST = 64 * 1024;
const ARGUMENT = /^([^=#]+)(?:#(base64|file))?=(.*)$/su;

/**
 * Reads what a secret should hold; nothing when nothing was given.
 *
 * @throws OrreryError `CLI_USAGE`. No message repeats what was given after a key: it may be the secret itself.
 * @see juju/juju, core/secrets: `CreateSecretData`, `ReadSecretData`.
 */
export async function secretContent({
  texts,
  file,
  folder,
}: SecretArguments): Promise<Readonly<Record<string, string>>> {
  const found = new Map<string, string>();
  for (const [index, text] of texts.entries()) {
    const [, key, form, value = ""] = ARGUMENT.exec(text) ?? [];
    if (key === undefined)
      throw usage(
        `argument ${index + 1} of the content is not of the form key=value, key#base64=value or key#file=path`,
      );
    if (found.has(key)) throw usage(`key ${key} is given twice`);
    if (form === "file") found.set(key, readText(resolve(folder, value)));
    else found.set(key, form === "base64" ? decode(key, value) : value);
  }
  if (file === undefined) return Object.fromEntries(found);
  return { ...(await readYaml(resolve(folder, file))), ...Object.fromEntries(found) };
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > LARGEST) throw usage(`file ${path} has ${size} bytes; allowed are ${LARGEST}`);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (cause) {
    if (cause instanceof OrreryError) throw cause;
    const told =
      cause instanceof TypeError
        ? "it is no text in UTF-8"
        : cause instanceof Error
          ? cause.message
          : String(cause);
    throw usage(`file ${path} cannot be read: ${told}`);
  }
}

function decode(key: string, base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  const same = bytes.toString("base64").replace(/=+$/, "") === base64.replace(/=+$/, "");
  try {
    if (same) return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw usage(`key ${key} holds bytes that are no text in UTF-8`);
  }
  throw usage(`key ${key} holds something that is not base64`);
}

async function readYaml(path: string): Promise<Readonly<Record<string, string>>> {
  const { parse } = await import("yaml");
  const text = readText(path);
  let found: unknown;
  try {
    found = parse(text, { maxAliasCount: 0, prettyErrors: false });
  } catch {
    // The parser's own message would quote the file.
    throw usage(`file ${path} is not YAML`);
  }
  if (typeof found !== "object" || found === null || Array.isArray(found))
    throw usage(`file ${path} does not hold keys and values`);
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => {
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
        throw usage(`file ${path} holds something else than a text under one of its keys`);
      return [key, String(value)];
    }),
  );
}

function usage(message: string): OrreryError {
  const remedy =
    "give it as key=value, or better key#file=path: what is typed is seen by others on the machine";
  return new OrreryError("CLI_USAGE", message, { remedy });
}
