import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { OrreryError } from "@orrery/problems";

const inflate = promisify(inflateRaw);

/** One entry of a zip archive, as its directory has it. */
export interface ZipEntry {
  readonly name: string;
  /** Unix mode with the file's kind; 0 where whoever packed it has none. */
  readonly mode: number;
  /** Bytes once it is unpacked. */
  readonly size: number;
  readonly compressed: number;
  readonly method: number;
  readonly offset: number;
}

/**
 * Reads a zip archive's directory; the large kind, zip64, is none that is read here.
 *
 * @throws {@link OrreryError} `ARCHIVE_INVALID` saying what `what` lacks.
 * @see APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16.
 */
export function readZipDirectory(zip: Buffer, what: string): ZipEntry[] {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  if (end < 0 || end + 22 > zip.length) throw invalid(`${what} has no end record; it is cut short or no zip`);
  const count = zip.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50)
      throw invalid(`${what} has no entry ${index} of ${count}`);
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      method: zip.readUInt16LE(at + 10),
      compressed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Unpacks one entry; it never gets larger than its directory says. @throws {@link OrreryError} `ARCHIVE_INVALID`. */
export async function readZipContent(zip: Buffer, entry: ZipEntry, what: string): Promise<Buffer> {
  if (entry.offset + 30 > zip.length) throw invalid(`${what} holds ${entry.name} outside of itself`);
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28);
  const raw = zip.subarray(start, start + entry.compressed);
  if (entry.method === 0) return raw;
  try {
    return await inflate(raw, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (cause) {
    throw new OrreryError("ARCHIVE_INVALID", `${what} holds ${entry.name}, which does not unpack`, { cause });
  }
}

function invalid(message: string): OrreryError {
  return new OrreryError("ARCHIVE_INVALID", message);
}
