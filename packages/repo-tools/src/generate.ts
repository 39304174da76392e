import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedFiles } from "./generated/generated-files.ts";
import { repositoryRoot } from "./workspace/read-workspace.ts";

// `npm run generate` writes what is made from the code; with `--check` it only says what differs, and ends with 1 if anything does.
const check = process.argv.includes("--check");

for (const { path, render } of generatedFiles) {
  const file = join(repositoryRoot, path);
  const content = await render();
  if (read(file) === content) continue;
  console.log(check ? `${path} differs from its source: run \`npm run generate\`` : `wrote ${path}`);
  if (check) process.exitCode = 1;
  else writeFileSync(file, content);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
