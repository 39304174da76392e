import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { OrreryError } from "@orrery/problems";

const inflate = promisify(inflateRaw);

/** The most that one file of a module may unpack to, in bytes: 512 MiB, the limit of Go's own module zips. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Unpacks a Go module zip and gives its `h1:` checksum.
 *
 * Every name is looked at before anything is written. The checksum is known only when all is unpacked: a caller
 * unpacks into a temporary folder and throws it away when the checksum is not the pinned one.
 *
 * @throws {@link OrreryError} `ARCHIVE_INVALID`.
 * @see https://go.dev/ref/mod#zip-files, and `Hash1` in `golang.org/x/mod/sumdb/dirhash`.
 */
export async function unpackModuleZip(
  zip: Buffer,
  { prefix, into }: { readonly prefix: string; readonly into: string },
): Promise<string> {
  const entries = readDirectory(zip);
  const bad = entries.find(({ name }) => !name.startsWith(prefix) || /(^|\/)\.{0,2}(\/|$)|\\/.test(name));
  if (bad) throw invalid(`holds the name "${bad.name}", which does not belong under ${prefix}`);
  const lines: { readonly name: string; readonly line: string }[] = [];
  for (const entry of entries) {
    const content = await readContent(zip, entry);
    const path = join(into, entry.name.slice(prefix.length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    lines.push({
      name: entry.name,
      line: `${createHash("sha256").update(content).digest("hex")}  ${entry.name}\n`,
    });
  }
  // Go sorts names by their bytes; comparing code units would order names outside ASCII differently.
  lines.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  return `h1:${createHash("sha256")
    .update(lines.map(({ line }) => line).join(""))
    .digest("base64")}`;
}

/** Reads the central directory; a module zip is small enough never to need zip64. */
function readDirectory(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  if (end < 0 || end + 22 > zip.length) throw invalid("has no end record; it is cut short or no zip");
  const count = zip.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50)
      throw invalid(`has no entry ${index} of ${count}`);
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString("utf8", at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      compressed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

async function readContent(zip: Buffer, entry: Entry): Promise<Buffer> {
  if (entry.size > MAX_FILE_BYTES)
    throw invalid(`holds ${entry.name} of ${entry.size} bytes, over ${MAX_FILE_BYTES}`);
  if (entry.offset + 30 > zip.length) throw invalid(`holds ${entry.name} outside of itself`);
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28);
  const raw = zip.subarray(start, start + entry.compressed);
  if (entry.method === 0) return raw;
  try {
    return await inflate(raw, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (cause) {
    throw new OrreryError("ARCHIVE_INVALID", `the module zip holds ${entry.name}, which does not unpack`, {
      cause,
    });
  }
}

function invalid(what: string): OrreryError {
  return new OrreryError("ARCHIVE_INVALID", `the module zip ${what}`);
}
