import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { ToolError } from "../hook-tools/tool-error.ts";

/**
 * Reads a file that a charm's program named; a pipe or a device, which might never end, is refused.
 *
 * @throws ToolError when it cannot be read, or holds more than `most` bytes.
 */
export async function readNamedFile(folder: string, path: string, most: number): Promise<Uint8Array> {
  try {
    await using file = await open(resolve(folder, path), constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await file.stat();
    if (!found.isFile()) throw new ToolError(`cannot read ${path}: it is no regular file`);
    if (found.size > most)
      throw new ToolError(`cannot read ${path}: it holds ${found.size} bytes; allowed are ${most}`);
    const content = await file.readFile();
    return content.byteLength > most ? content.subarray(0, most) : content;
  } catch (cause) {
    if (cause instanceof ToolError) throw cause;
    throw new ToolError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
