import { zipSync } from "fflate";
import type { ZipAttributes, Zippable } from "fflate";

/** A file of an archive. */
export interface ArchiveFile {
  readonly content: string | Uint8Array;
  /** Whether it is a program. */
  readonly executable?: boolean;
}

/** Files by their path in the archive. */
export type ArchiveFiles = ReadonlyMap<string, ArchiveFile>;

/** Unix, so that permission bits count. @see APPNOTE.TXT, 4.4.2: version made by. */
const UNIX = 3;
const REGULAR = 0o100_000;
/** The earliest moment that a ZIP archive knows; it is written as it is read on a clock, so the same everywhere. */
const EARLIEST = new Date(1980, 0, 1);

/** Writes files as a ZIP archive: sorted, without the time and place of its making, so that the same files give the same bytes. */
export function writeArchive(files: ArchiveFiles): Uint8Array {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, { content, executable }]): [string, Zippable[string]] => {
    const attributes: ZipAttributes = {
      os: UNIX,
      attrs: (REGULAR | (executable === true ? 0o755 : 0o644)) * 0x1_0000,
      mtime: EARLIEST,
    };
    return [path, [typeof content === "string" ? new TextEncoder().encode(content) : content, attributes]];
  });
  return zipSync(Object.fromEntries(entries), { level: 6 });
}
