import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hookTools } from "../hook-tools/all-hook-tools.ts";

/** The two programs that a hook tool may be; both speak the same. From src as from dist it is two folders up. */
const PERL_CLIENT = fileURLToPath(new URL("../../clients/hook-tool.pl", import.meta.url));
const NODE_CLIENT = fileURLToPath(new URL("../../clients/hook-tool.mjs", import.meta.url));
/** Where the first line of the Perl program says that Perl is. */
const PERL = "/usr/bin/perl";

/** Which program hook tools are: Perl, which every Debian has and which starts in a thirtieth of Node's time, or Node. */
export type ToolClient = "perl" | "node";

/** The faster one of those that are at hand. */
export function fastestClient(): ToolClient {
  try {
    accessSync(PERL, constants.X_OK);
    return "perl";
  } catch {
    return "node";
  }
}

/**
 * Makes the folder that comes first on a charm's PATH, below the given one: a program, and a link to it under the name of each hook tool.
 * The folder is named by its content and is there as a whole or not at all.
 */
export function makeToolsFolder(below: string, client: ToolClient = fastestClient()): string {
  const program = client === "perl" ? readFileSync(PERL_CLIENT, "utf8") : nodeProgram();
  const names = Object.keys(hookTools).toSorted();
  const digest = createHash("sha256")
    .update(JSON.stringify([program, names]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(below, digest);
  if (existsSync(folder)) return folder;
  mkdirSync(below, { recursive: true, mode: 0o700 });
  const unfinished = mkdtempSync(join(below, ".making-"));
  const path = join(unfinished, "hook-tool");
  if (client === "perl") copyFileSync(PERL_CLIENT, path);
  else writeFileSync(path, program);
  chmodSync(path, 0o755);
  for (const name of names) symlinkSync("hook-tool", join(unfinished, name));
  try {
    renameSync(unfinished, folder);
  } catch (cause) {
    // Another unit's agent has made the same meanwhile.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw cause;
  }
  return folder;
}

/** A shell finds Node however long its path is, which the first line of a script does not. */
function nodeProgram(): string {
  const quoted = [process.execPath, NODE_CLIENT].map((path) => `'${path.replaceAll("'", `'\\''`)}'`);
  return `#!/bin/sh\nexec ${quoted.join(" ")} "$0" "$@"\n`;
}
