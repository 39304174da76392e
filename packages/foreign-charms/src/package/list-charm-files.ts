import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { OrreryError } from "@orrery/problems";

/** What a charm's folder holds: everything that makes one version of it differ from another. */
export interface CharmFiles {
  /** Paths relative to the folder, sorted; folders among them. */
  readonly paths: readonly string[];
  /** SHA-256 over paths, modes and contents, hexadecimal. */
  readonly digest: string;
}

/** What working on a charm and running it leaves beside its files. */
const LEFT_OUT = new Set([
  ".git",
  ".tox",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  "__pycache__",
  ".unit-state.db",
]);
const MOST_FILES = 50_000;
const MOST_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * Lists a charm's files. Links are listed as such and not followed.
 *
 * @throws OrreryError `CHARM_INVALID` for more than 50 000 files or 2 GiB, and for what is neither file, folder nor link.
 */
export async function listCharmFiles(folder: string): Promise<CharmFiles> {
  const paths: string[] = [];
  const digest = createHash("sha256");
  let bytes = 0;
  const visit = async (below: string): Promise<void> => {
    const names = (await readdir(join(folder, below))).filter((name) => !LEFT_OUT.has(name)).toSorted();
    for (const name of names) {
      const path = below === "" ? name : `${below}/${name}`;
      const full = join(folder, path);
      const found = await lstat(full);
      paths.push(path);
      bytes += found.size;
      if (paths.length > MOST_FILES || bytes > MOST_BYTES) {
        throw new OrreryError(
          "CHARM_INVALID",
          `charm in ${folder} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes`,
        );
      }
      digest.update(JSON.stringify([path, found.mode, found.isFile() ? found.size : 0]));
      if (found.isDirectory()) await visit(path);
      else if (found.isSymbolicLink()) digest.update(await readlink(full));
      else if (found.isFile())
        for await (const chunk of createReadStream(full)) digest.update(chunk as Buffer);
      else
        throw new OrreryError("CHARM_INVALID", `charm holds ${path}, which is neither file, folder nor link`);
    }
  };
  await visit("");
  return { paths, digest: digest.digest("hex") };
}
