import { basename, posix } from "node:path";
import type { FileOutcome } from "@orrery/charm";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import type { ContainerDisk } from "./container-disk.ts";

const LONGEST_WORDS = 500;

/** Judges files, each alone, by their own checkers in a folder of their own; gives what is wrong with those that did not pass, by path. */
export async function judgeFiles(
  disk: ContainerDisk,
  files: ReadonlyMap<string, FileOutcome>,
  folder: string,
): Promise<ReadonlyMap<string, Problem>> {
  const checked = [...files].filter(([, { check }]) => check);
  const found = new Map<string, Problem>();
  if (checked.length === 0) return found;
  await disk.remove([folder]);
  await disk.write(
    checked.map(([path, { content, mode }]) => ({
      path: posix.join(folder, path),
      content,
      mode: mode === "0600" ? 0o600 : 0o644,
    })),
  );
  for (const [path, file] of checked) {
    const problem = await judge(disk, file, { path, folder });
    if (problem) found.set(path, problem);
  }
  await disk.remove([folder]);
  return found;
}

async function judge(
  disk: ContainerDisk,
  { check, origin }: FileOutcome,
  { path, folder }: { readonly path: string; readonly folder: string },
): Promise<Problem | undefined> {
  const command = (check?.command ?? []).map((word) => word.replaceAll("{}", posix.join(folder, path)));
  const checker = basename(command[0] ?? "");
  const from = origin ? { origin } : {};
  const result = await disk.run(command, folder);
  if (!result.ran) {
    const message = `file ${path} could not be checked by ${checker}: ${result.why}`;
    return problem("FILE_CHECK_UNAVAILABLE", { message, ...from });
  }
  if (result.exitCode === 0) return undefined;
  const lines = `${result.stderr}\n${result.stdout}`.replaceAll(`${folder}/`, "").split("\n");
  const said = lines.map((line) => line.trim()).filter(Boolean);
  const words = said.join("; ").slice(0, LONGEST_WORDS) || `exit code ${result.exitCode}`;
  return problem("FILE_REJECTED", { message: `file ${path} was refused by ${checker}: ${words}`, ...from });
}
