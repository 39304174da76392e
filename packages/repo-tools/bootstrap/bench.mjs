// @ts-check
// `npm run bench`: prints what the costly steps cost.
import { join } from "node:path";
import { handOver } from "./hand-over.mjs";
import { root } from "./repository.mjs";

await handOver(
  ["--conditions=@orrery/source", join(root, "packages/repo-tools/src/bench.ts"), ...process.argv.slice(2)],
  { cwd: root },
);
