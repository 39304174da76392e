import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { OrreryError } from "@orrery/problems";
import { charmReference } from "../arguments/charm-reference.ts";
import type { Bundle } from "./bundle.ts";
import { readDocument } from "./read-document.ts";
import { resolveBundle } from "./resolve-bundle.ts";

/** Where a bundle lies, with the folder that its references start from. */
export interface BundlePlace {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/**
 * Looks whether what a person wants deployed is a bundle: a YAML file with `applications`, or a folder with a `bundle.yaml`.
 *
 * @param reference - Absolute when it is a path; a name is a charm's, whatever lies about under that name.
 * @returns Undefined when it is a charm.
 */
export function findBundle(reference: string): BundlePlace | undefined {
  if (!isAbsolute(reference)) return undefined;
  const found = statSync(reference, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    const path = join(reference, "bundle.yaml");
    return existsSync(path) ? { path, text: readFileSync(path, "utf8") } : undefined;
  }
  if (!found?.isFile() || !/\.ya?ml$/.test(reference)) return undefined;
  const text = readFileSync(reference, "utf8");
  // A telemetry.yaml has no such key; whatever has is meant to be a bundle, and told its faults as one.
  return /^applications\s*:/m.test(text) ? { path: reference, text } : undefined;
}

/** Reads a bundle with its overlays. @throws OrreryError `BUNDLE_INVALID` with what is wrong in which file. */
export async function loadBundle(place: BundlePlace, overlays: readonly string[]): Promise<Bundle> {
  const folder = dirname(place.path);
  const document = await readDocument(place.text, { file: basename(place.path), kind: "bundle" });
  const over = await Promise.all(
    overlays.map(async (path) => await readDocument(read(path), { file: basename(path), kind: "overlay" })),
  );
  return resolveBundle(document, over, {
    charm: (reference) => charmReference(reference.replace(/^(local|ch):/, ""), folder),
    option: (value) => included(value, folder),
  });
}

function included(value: string, folder: string): string {
  const found = /^include-(file|base64):\/\/(.+)$/.exec(value);
  if (!found) return value;
  const [, form, path = ""] = found;
  const text = read(resolve(folder, path));
  return form === "base64" ? Buffer.from(text).toString("base64") : text;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("BUNDLE_INVALID", `${basename(path)} cannot be read: ${why}`, { cause });
  }
}
