import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { repositoryRoot } from "./workspace/read-workspace.ts";

// `npm run pack -- FOLDER` builds the packages that are shipped and packs each there, for those who use them outside the repository.

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("name the folder for the packages: `npm run pack -- ../orrery-packages`");
  process.exit(1);
}
// npm runs scripts at the root, wherever the person stands.
const target = resolve(process.env["INIT_CWD"] ?? process.cwd(), folder);
const shipped = readdirSync(join(repositoryRoot, "packages")).filter((name) => {
  const manifest = JSON.parse(
    readFileSync(join(repositoryRoot, "packages", name, "package.json"), "utf8"),
  ) as {
    readonly private?: boolean;
  };
  return manifest.private !== true;
});

run("run", "--silent", "build");
mkdirSync(target, { recursive: true });
run(
  "pack",
  "--silent",
  "--pack-destination",
  target,
  ...shipped.map((name) => `--workspace=packages/${name}`),
);

function run(...args: readonly string[]): void {
  execFileSync("npm", args, { cwd: repositoryRoot, stdio: "inherit" });
}
