import type { ContainerDisk } from "../files/container-disk.ts";
import { pebbleExec } from "./pebble-exec.ts";
import { makePebbleFolders, readPebbleFiles, removePebbleFiles, writePebbleFiles } from "./pebble-files.ts";
import type { PebbleTransport } from "./pebble-transport.ts";

/** The files and programs of a container behind its Pebble. */
export function pebbleDisk(pebble: PebbleTransport): ContainerDisk {
  return {
    read: async (paths) => await readPebbleFiles(pebble, paths),
    write: async (files) => await writePebbleFiles(pebble, files),
    remove: async (paths) => await removePebbleFiles(pebble, paths),
    run: async (command, folder) => {
      await makePebbleFolders(pebble, [folder]);
      return await pebbleExec(pebble, command, folder);
    },
  };
}
