import { closeSync, constants, openSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The longest path that a unix socket can have, in bytes, its end included. @see unix(7): sun_path. */
const LONGEST = 107;

/** A name under which a socket can be reached, however deep its folder lies. */
export interface SocketName extends Disposable {
  readonly path: string;
}

/** Names a socket; a path that is too long is named by way of its open folder. Dispose after it was used. */
export function socketName(path: string): SocketName {
  if (Buffer.byteLength(path) <= LONGEST) return { path, [Symbol.dispose]: () => undefined };
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  return {
    path: join("/proc/self/fd", String(folder), basename(path)),
    [Symbol.dispose]: () => closeSync(folder),
  };
}
