import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

const TAIL_BYTES = 8192;
const LONGEST_LINE = 300;

/** Gives the last lines of a service's log, without svlogd's time stamps, each cut at 300 characters. */
export function lastLines(logFolder: string, count: number): string[] {
  return lastLinesOf(join(logFolder, "current"), count);
}

/** Gives the last lines of a file, as {@link lastLines} does; none when it cannot be read. */
export function lastLinesOf(path: string, count: number): string[] {
  try {
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
      const read = readSync(file, bytes, 0, bytes.byteLength, size - bytes.byteLength);
      const lines = bytes.toString("utf8", 0, read).split("\n").filter(Boolean);
      return lines
        .slice(-count)
        .map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+ /, "").slice(0, LONGEST_LINE));
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}
