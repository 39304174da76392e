import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, normalize } from "node:path";
import { OrreryError, isOrreryError } from "@orrery/problems";
import { readZipContent, readZipDirectory } from "@orrery/provision";
import type { ZipEntry } from "@orrery/provision";

const MOST_PACKED = 512 * 1024 * 1024;
const MOST_UNPACKED = 2 * 1024 * 1024 * 1024;
const MOST_ENTRIES = 50_000;
const LINK = 0o120000;
const KIND = 0o170000;

/**
 * Unpacks a packed charm, a zip archive, below a folder; gives the folder that then holds it, named by the archive's content. What was
 * unpacked once is taken as it is.
 *
 * @throws OrreryError `CHARM_INVALID` for an archive that is damaged or too large, or that names anything outside of itself: nothing of
 * it is kept then.
 */
export async function unpackCharm(archive: string, below: string): Promise<string> {
  const { size } = await stat(archive);
  if (size > MOST_PACKED) throw invalid(archive, `holds ${size} bytes; allowed are ${MOST_PACKED}`);
  const zip = await readFile(archive);
  const folder = join(below, createHash("sha256").update(zip).digest("hex").slice(0, 32));
  if (existsSync(folder)) return folder;
  await mkdir(below, { recursive: true, mode: 0o700 });
  const unfinished = await mkdtemp(join(below, ".unpacking-"));
  try {
    await unpackInto(zip, unfinished, archive);
    // Another one may have unpacked the same meanwhile.
    await rename(unfinished, folder).catch((cause: unknown) => {
      if (!existsSync(folder)) throw cause;
    });
  } catch (cause) {
    if (isOrreryError(cause) && cause.code === "CHARM_INVALID") throw cause;
    throw invalid(archive, `cannot be unpacked: ${cause instanceof Error ? cause.message : String(cause)}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

async function unpackInto(zip: Buffer, folder: string, archive: string): Promise<void> {
  const entries = readZipDirectory(zip, "it");
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (entries.length > MOST_ENTRIES || total > MOST_UNPACKED) {
    throw invalid(
      archive,
      `holds ${entries.length} files of ${total} bytes; allowed are ${MOST_ENTRIES} of ${MOST_UNPACKED}`,
    );
  }
  // Every name is looked at before anything is written.
  const bad = entries.find(({ name }) => !isInside(name));
  if (bad) throw invalid(archive, `names ${JSON.stringify(bad.name)}, which lies outside of it`);
  const links: (readonly [string, string])[] = [];
  for (const entry of entries.filter(({ name }) => !name.endsWith("/"))) {
    const content = await readZipContent(zip, entry, "it");
    if ((entry.mode & KIND) === LINK) links.push([entry.name, content.toString("utf8")]);
    else await write(folder, entry, content);
  }
  // Links come last, so that nothing is ever written through one.
  for (const [name, target] of links) {
    if (!isInside(join(dirname(name), target)) || target.startsWith("/"))
      throw invalid(
        archive,
        `links ${JSON.stringify(name)} to ${JSON.stringify(target)}, which lies outside of it`,
      );
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await symlink(target, join(folder, name));
  }
}

async function write(folder: string, { name, mode }: ZipEntry, content: Buffer): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flag: "wx" });
  // An archive that was made where files have no modes: a charm's program must be one all the same.
  const isProgram =
    (mode & 0o111) !== 0 || (mode === 0 && (name === "dispatch" || dirname(name) === "hooks"));
  await chmod(path, isProgram ? 0o755 : 0o644);
}

function isInside(name: string): boolean {
  const path = normalize(name);
  return (
    name !== "" &&
    !name.includes("\0") &&
    !name.includes("\\") &&
    !path.startsWith("/") &&
    path !== ".." &&
    !path.startsWith("../")
  );
}

function invalid(archive: string, what: string): OrreryError {
  return new OrreryError("CHARM_INVALID", `packed charm ${basename(archive)} ${what}`);
}
