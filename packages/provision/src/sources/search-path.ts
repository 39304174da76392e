import { dirname } from "node:path";
import { OrreryError } from "@orrery/problems";
import { checkProgram } from "../check-program.ts";
import type { Installed } from "../installed.ts";
import { findOnPath } from "../process/find-executable.ts";
import type { Search } from "../session.ts";
import { pathVariable } from "./given-path.ts";

/**
 * Takes a program that is on the PATH, all its binaries together.
 *
 * @throws {@link OrreryError} `PROGRAM_NOT_ON_PATH`, and what `checkProgram` throws.
 */
export async function searchPath(search: Search): Promise<Installed> {
  const { manifest, session } = search;
  const binaries: Record<string, string> = {};
  for (const { name, alsoCalled = [] } of manifest.binaries) {
    const names = [name, ...alsoCalled];
    const found = names.map((one) => findOnPath(one, session.world.env)).find((path) => path !== undefined);
    if (found === undefined) {
      throw new OrreryError("PROGRAM_NOT_ON_PATH", `${names.join(" or ")} is not on the PATH`, {
        remedy: `install ${name}, or give its path in ${pathVariable(manifest.name)}`,
      });
    }
    binaries[name] = found;
  }
  const path = binaries[manifest.binaries[0].name] ?? "";
  const { version = "unknown", notes } = await checkProgram(session, manifest, path);
  return { name: manifest.name, version, source: "PATH", path, folder: dirname(path), binaries, notes };
}
