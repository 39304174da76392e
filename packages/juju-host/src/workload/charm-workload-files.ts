import { readFile, readdir } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import type { WorkloadFiles } from "./apply-container.ts";
import type { DiskFile } from "./files/container-disk.ts";

/** Bytes that are sent at once. */
const BATCH_BYTES = 4 * 1024 * 1024;

/** The charm's own workload files as a container gets them: all of them anew when the digest is another. */
export function charmWorkloadFiles(
  from: string,
  { to, digest }: { readonly to: string; readonly digest: string },
): WorkloadFiles {
  return {
    digest,
    copy: async (disk) => {
      await disk.remove([to]);
      const entries = await readdir(from, { recursive: true, withFileTypes: true });
      let batch: DiskFile[] = [];
      let bytes = 0;
      for (const entry of entries.filter((one) => one.isFile())) {
        const path = join(entry.parentPath, entry.name);
        const content = new Uint8Array(await readFile(path));
        batch.push({ path: posix.join(to, relative(from, path).split(sep).join("/")), content, mode: 0o644 });
        bytes += content.byteLength;
        if (bytes < BATCH_BYTES) continue;
        await disk.write(batch);
        [batch, bytes] = [[], 0];
      }
      await disk.write(batch);
    },
  };
}
