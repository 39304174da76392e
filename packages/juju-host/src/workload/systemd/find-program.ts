import { constants } from "node:fs";
import { access, chmod, copyFile, mkdir, stat, utimes } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";

/** Where programs may be. */
export interface ProgramPlaces {
  /** Folders, as `PATH` lists them. */
  readonly path: string;
  /** A file that the operator attached; nothing where none was. */
  readonly attached: (name: string) => Promise<string | undefined>;
  /** Where attached files are made programs; Juju keeps them as data. */
  readonly folder: string;
}

/** Finds a program: what the operator attached, else what the machine has. */
export async function findProgram(name: string, places: ProgramPlaces): Promise<string | undefined> {
  const attached = await places.attached(name);
  if (attached !== undefined) return await makeProgram(attached, join(places.folder, name));
  const folders = places.path.split(delimiter).filter(isAbsolute);
  for (const path of isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))) {
    if (await isProgram(path)) return path;
  }
  return undefined;
}

/** Copies a file to where it may be run, unless the same one is there. */
async function makeProgram(from: string, to: string): Promise<string> {
  const source = await stat(from);
  const present = await stat(to).catch(() => undefined);
  if (present?.size === source.size && present.mtimeMs === source.mtimeMs) return to;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, 0o755);
  await utimes(to, source.atime, source.mtime);
  return to;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
