import { statSync } from "node:fs";
import { join } from "node:path";

/**
 * The file that is run: `dispatch` for everything, else the one of the hook's or action's own name; nothing where the charm has none.
 *
 * @param path - Such as `hooks/install` or `actions/backup`.
 */
export function findProgram(charmFolder: string, path: string): string | undefined {
  return ["dispatch", path]
    .map((name) => join(charmFolder, name))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
