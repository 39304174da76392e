import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LAYER_ORDER } from "./layers/layer-order.ts";
import { repositoryRoot } from "./workspace/read-workspace.ts";

// `npm run bench` runs `bench/*.bench.ts` of every package, from the bottom up, each in a process of its own so that none warms
// another's code; `npm run bench -- query` runs those whose path holds "query".
const wanted = process.argv[2] ?? "";
const folders = LAYER_ORDER.flatMap((group) => group.packages.map((name) => `packages/${name}/bench`));
const files = folders
  .filter((folder) => existsSync(join(repositoryRoot, folder)))
  .flatMap((folder) => readdirSync(join(repositoryRoot, folder)).map((name) => `${folder}/${name}`))
  .filter((path) => path.endsWith(".bench.ts") && path.includes(wanted));

if (files.length === 0) {
  console.error(`no bench's path holds "${wanted}"`);
  process.exitCode = 1;
}
for (const path of files) {
  console.log(`\n${path}`);
  const ended = spawnSync(process.execPath, ["--conditions=@orrery/source", join(repositoryRoot, path)], {
    stdio: "inherit",
  });
  if (ended.status !== 0) process.exitCode = 1;
}
