// @ts-check
// `npm test`: every unit test of the repository in one vitest run, which with 2 cores is several times faster than one run a
// package. Further arguments are vitest's: `npm test -- query` runs the files whose path holds "query".
import { join } from "node:path";
import { handOver } from "./hand-over.mjs";
import { root } from "./repository.mjs";

await handOver([join(root, "node_modules/vitest/vitest.mjs"), "run", ...process.argv.slice(2)], {
  cwd: root,
});
