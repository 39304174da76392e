import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { RunProgram } from "../run-program.ts";
import type { ContainerDisk } from "./container-disk.ts";

const DEADLINE_MS = 60_000;

/** The files and programs of the machine that this process runs on. */
export function localDisk(run: RunProgram): ContainerDisk {
  return {
    read: async (paths) => {
      const found = new Map<string, string>();
      for (const path of paths) {
        const text = await readIfThere(path);
        if (text !== undefined) found.set(path, text);
      }
      return found;
    },
    write: async (files) => {
      for (const { path, content, mode } of files) {
        await mkdir(dirname(path), { recursive: true });
        const next = `${path}.next`;
        await rm(next, { force: true });
        await writeFile(next, content, { mode, flush: true });
        await rename(next, path);
      }
    },
    remove: async (paths) => {
      for (const path of paths) await rm(path, { recursive: true, force: true });
    },
    run: async (command, folder) => {
      await mkdir(folder, { recursive: true });
      return await run(command, { folder, deadlineMs: DEADLINE_MS });
    },
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  }
}
