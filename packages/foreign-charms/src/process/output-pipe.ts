import { execFile } from "node:child_process";
import { closeSync, constants, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A pipe whose one end is read here and whose other end a program is given. */
export interface OutputPipe {
  readonly reading: Readable;
  /** File descriptor for the program; to be closed once the program has it. */
  readonly writing: number;
}

/**
 * Makes pipes in a folder, under names that are gone again at once.
 *
 * What Node itself gives a program for its output are sockets, which cannot be opened again by way of `/dev/stderr`; under Juju it is pipes,
 * and shell scripts rely on it.
 *
 * @throws Error when there is no `mkfifo`, or no room.
 */
export async function outputPipes(folder: string, names: readonly string[]): Promise<readonly OutputPipe[]> {
  const paths = names.map((name) => join(folder, name));
  await run("mkfifo", ["-m", "600", ...paths]);
  return paths.map((path) => {
    // The reader first, and without waiting: only then does opening the other end not wait either.
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = openSync(path, constants.O_WRONLY);
    rmSync(path);
    return { reading: new Socket({ fd: reader, readable: true, writable: false }), writing };
  });
}

/** Closes the ends that the program has by now, so that its end is seen. */
export function closeWriting(pipes: readonly OutputPipe[]): void {
  for (const { writing } of pipes) closeSync(writing);
}
