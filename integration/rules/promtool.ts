import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCacheFolder, provision } from "@orrery/provision";

/** Finds the real promtool: the one that the environment names, else one that is had as for the demo. */
export async function findPromtool(): Promise<string> {
  const named = process.env["ORRERY_PROGRAM_PROMTOOL"];
  if (named !== undefined) return named;
  const had = await provision(["promtool"], { cacheFolder: defaultCacheFolder(process.env) });
  const path = had["promtool"]?.binaries["promtool"];
  if (path === undefined) throw new Error("promtool could not be had");
  return path;
}

/** Has promtool check a rule file; gives what it says against it, nothing where it accepts. */
export function checkRules(promtool: string, file: object): string {
  const folder = mkdtempSync(join(tmpdir(), "orrery-rules-"));
  const path = join(folder, "rules.json");
  writeFileSync(path, JSON.stringify(file));
  const { status, stdout, stderr } = spawnSync(promtool, ["check", "rules", "--lint=none", path], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return status === 0 ? "" : stdout + stderr;
}
