import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { OrreryError } from "@orrery/problems";
import { readZipContent, readZipDirectory } from "../archives/read-zip.ts";
import type { ZipEntry } from "../archives/read-zip.ts";

/** The most that one file of a module may unpack to, in bytes: 512 MiB, the limit of Go's own module zips. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** How messages call it. */
const WHAT = "the module zip";

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
  const entries = readZipDirectory(zip, WHAT);
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

async function readContent(zip: Buffer, entry: ZipEntry): Promise<Buffer> {
  if (entry.size > MAX_FILE_BYTES)
    throw invalid(`holds ${entry.name} of ${entry.size} bytes, over ${MAX_FILE_BYTES}`);
  return await readZipContent(zip, entry, WHAT);
}

function invalid(what: string): OrreryError {
  return new OrreryError("ARCHIVE_INVALID", `${WHAT} ${what}`);
}
