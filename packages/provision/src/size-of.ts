import { statSync } from "node:fs";
import type { Installed } from "./installed.ts";

/** Bytes of a program's binaries together; what its folder holds beside them is not counted. */
export function sizeOf(installed: Installed): number {
  const sizes = Object.values(installed.binaries).map(
    (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
