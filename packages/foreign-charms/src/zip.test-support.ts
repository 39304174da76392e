import { crc32, deflateRawSync } from "node:zlib";

/** One file of an archive. */
export interface ZippedFile {
  readonly name: string;
  readonly content: string;
  /** Unix mode with the kind of file. */
  readonly mode: number;
}

/** Makes a zip archive as a Unix program would, of any names, allowed or not. */
export function zip(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode } of files) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const named = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.byteLength, 14);
    common.writeUInt32LE(bytes.byteLength, 18);
    common.writeUInt16LE(named.byteLength, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, named, packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE((mode << 16) >>> 0, 6);
    central.writeUInt32LE(offset, 10);
    // Made by Unix.
    directory.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0003", "latin1"), common, central, named]),
    );
    parts.push(local);
    offset += local.byteLength;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}
