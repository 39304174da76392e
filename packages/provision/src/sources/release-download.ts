import { readdir, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { OrreryError } from "@orrery/problems";
import { findOnPath } from "../process/find-executable.ts";
import type { ReleaseRecipe } from "../program-manifest.ts";
import { downloadFile } from "./download-file.ts";
import type { Made, Making } from "./making.ts";

/**
 * Downloads a release archive, holds it against its pinned checksum, and unpacks it with `tar`.
 *
 * Each binary may stand anywhere in the archive, as publishers put their version into the folder's name.
 *
 * @throws {@link OrreryError} `DOWNLOAD_FAILED`, `DOWNLOAD_CHECKSUM_MISMATCH`, `ARCHIVE_INVALID`.
 */
export async function downloadRelease({
  search,
  recipe,
  folder,
  report,
}: Making<ReleaseRecipe>): Promise<Made> {
  const { session, manifest } = search;
  const { world } = session;
  const archive = recipe.archives[world.platform] ?? recipe.archives["any"];
  if (archive === undefined) {
    throw new OrreryError(
      "DOWNLOAD_FAILED",
      `${manifest.name} has no release for ${world.platform}, only for ${Object.keys(recipe.archives).join(", ")}`,
    );
  }
  const file = join(folder, "archive.tar.gz");
  const sha256 = await downloadFile(session, { url: archive.url, file, report });
  if (sha256 !== archive.sha256.toLowerCase()) {
    throw new OrreryError(
      "DOWNLOAD_CHECKSUM_MISMATCH",
      `${archive.url} has SHA-256 ${sha256}, ${archive.sha256} was expected`,
    );
  }
  report({ phase: "unpacking", message: "the checksum is right; unpacking" });
  const tar = findOnPath("tar", world.env);
  if (tar === undefined)
    throw new OrreryError("ARCHIVE_INVALID", "tar, which unpacks releases, is not on the PATH", {
      remedy: "install tar",
    });
  const result = await world.run(tar, ["-xzf", file, "-C", folder], {
    env: world.env,
    signal: session.options.signal,
  });
  if (result.exitCode !== 0) {
    throw new OrreryError(
      "ARCHIVE_INVALID",
      `${archive.url} cannot be unpacked: ${result.output.trim().slice(-400)}`,
    );
  }
  await rm(file);
  return {
    binaries: await findBinaries(
      folder,
      manifest.binaries.map((binary) => binary.name),
      archive.url,
    ),
  };
}

async function findBinaries(
  folder: string,
  names: readonly string[],
  url: string,
): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names.map((name) => {
      const found = files.find((entry) => entry.name === name);
      if (found === undefined)
        throw new OrreryError("ARCHIVE_INVALID", `${url} holds no file called ${name}`);
      return [name, join(relative(folder, found.parentPath), name)];
    }),
  );
}
