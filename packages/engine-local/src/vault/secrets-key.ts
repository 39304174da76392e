import { chmodSync, lstatSync } from "node:fs";
import { dirname } from "node:path";
import { OrreryError } from "@orrery/problems";
import { readIfThere, syncFolder, writeNew } from "../disk/write-atomically.ts";

/** Bytes of the key: AES-256. */
const KEY_BYTES = 32;
const HEX = /^([0-9a-f]{64})\n?$/;

/** What reading or making the key takes. */
export interface SecretsKeyOptions {
  readonly path: string;
  /** Whether something was sealed already: then the key must be there. */
  readonly sealed: boolean;
  readonly random: (bytes: number) => Uint8Array;
}

/**
 * Gives the key that seals an engine's state, from a file that its owner alone can read (0600); makes one for a state that has
 * nothing sealed yet. The file is on the disk before anything is sealed with it, and is never written over.
 *
 * @throws OrreryError `SECRETS_KEY_MISSING`, `SECRETS_KEY_WRONG` when the file holds no key, `HOME_UNUSABLE`.
 */
export function secretsKey({ path, sealed, random }: SecretsKeyOptions): Buffer {
  const found = readIfThere(path);
  if (found === undefined) {
    if (sealed)
      throw new OrreryError("SECRETS_KEY_MISSING", `state is sealed, and its key ${path} is not there`);
    return make(path, random);
  }
  const [, hex] = HEX.exec(found) ?? [];
  if (hex === undefined) {
    const message = `file ${path} holds no key of ${KEY_BYTES} bytes`;
    throw new OrreryError("SECRETS_KEY_WRONG", message);
  }
  if ((lstatSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return Buffer.from(hex, "hex");
}

function make(path: string, random: SecretsKeyOptions["random"]): Buffer {
  const key = Buffer.from(random(KEY_BYTES));
  try {
    writeNew(path, `${key.toString("hex")}\n`, 0o600);
    syncFolder(dirname(path));
    return key;
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("HOME_UNUSABLE", `key ${path} cannot be made: ${told}`, { cause });
  }
}
