import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";
import type { CharmMetadata } from "../metadata/charm-metadata.ts";
import { readCharmMetadata } from "../metadata/read-charm-metadata.ts";

const METADATA = ["metadata.yaml", "config.yaml", "actions.yaml", "charmcraft.yaml"] as const;
const PROGRAMS = ["dispatch", "hooks"] as const;

/** Says whether a folder holds a charm that lives by hooks: what it says of itself, and a program. */
export function isHookCharm(folder: string): boolean {
  const has = (name: string): boolean => existsSync(join(folder, name));
  return (has("metadata.yaml") || has("charmcraft.yaml")) && PROGRAMS.some(has);
}

/** Says whether a folder holds what a charm that lives by hooks says of itself, though perhaps no program. */
export function looksLikeHookCharm(folder: string): boolean {
  return existsSync(join(folder, "metadata.yaml")) || existsSync(join(folder, "charmcraft.yaml"));
}

/**
 * Reads what the charm in a folder says of itself.
 *
 * @throws OrreryError `CHARM_INVALID`, `CHARM_UNSUPPORTED`.
 */
export function readCharmFolder(folder: string): CharmMetadata {
  if (!isHookCharm(folder)) {
    throw new OrreryError("CHARM_INVALID", `charm in ${folder} has no program: neither dispatch nor hooks/`, {
      remedy:
        "deploy the packed charm, or put an executable `dispatch` beside its metadata, such as `charmcraft pack` makes",
    });
  }
  const dispatch = statSync(join(folder, "dispatch"), { throwIfNoEntry: false });
  if (dispatch && (dispatch.mode & 0o111) === 0) {
    throw new OrreryError("CHARM_INVALID", `dispatch in ${folder} is not executable`, {
      remedy: "make it so with `chmod +x dispatch`",
    });
  }
  const files = METADATA.flatMap((name) => {
    const path = join(folder, name);
    return existsSync(path) ? [[name, readFileSync(path, "utf8")] as const] : [];
  });
  return readCharmMetadata(Object.fromEntries(files));
}
