import { basename, join } from "node:path";
import { problem } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { atMost } from "../pace/at-most.ts";
import type { RunCommand } from "../process/run-command.ts";
import type { WantedFile } from "./wanted-files.ts";

/** How files are checked. */
export interface JudgeFilesOptions {
  /** Folder that holds the files under their own paths. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: RunCommand;
}

const DEADLINE_MS = 60_000;
const AT_ONCE = 2;
/** Files given to one process, of a checker that is known to judge each file that it is given. */
const BATCH = 50;
const TAKES_MANY = new Set(["promtool", "amtool"]);
const LONGEST_WORDS = 500;

/** Judges files, each alone, by their own checkers; gives what is wrong with those that did not pass, by path. */
export async function judgeFiles(
  files: readonly WantedFile[],
  options: JudgeFilesOptions,
): Promise<ReadonlyMap<string, Problem>> {
  const batches = new Map<string, WantedFile[][]>();
  for (const file of files) {
    const command = file.check?.command;
    if (!command) continue;
    const many = TAKES_MANY.has(basename(command[0] ?? "")) && command.indexOf("{}") === command.length - 1;
    const key = many ? JSON.stringify(command) : `${file.path}\0`;
    const list = batches.get(key) ?? [];
    const last = list.at(-1);
    if (last && last.length < BATCH) last.push(file);
    else list.push([file]);
    batches.set(key, list);
  }
  const found = await atMost(AT_ONCE, [...batches.values()].flat(), (batch) => judge(batch, options));
  return new Map(found.flat());
}

async function judge(batch: readonly WantedFile[], options: JudgeFilesOptions): Promise<[string, Problem][]> {
  const [first] = batch;
  const command = first?.check?.command;
  if (!first || !command) return [];
  const paths = batch.map(({ path }) => join(options.folder, path));
  const filled = command.flatMap((word) => (word === "{}" ? paths : [word.replaceAll("{}", paths[0] ?? "")]));
  const result = await options.run(filled, {
    cwd: options.folder,
    env: options.env,
    deadlineMs: DEADLINE_MS,
  });
  if (result.ran && result.exitCode === 0) return [];
  if (batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    return [
      ...(await judge(batch.slice(0, middle), options)),
      ...(await judge(batch.slice(middle), options)),
    ];
  }
  const checker = basename(command[0] ?? "");
  const origin = first.origin ? { origin: first.origin } : {};
  if (!result.ran) {
    const message = `file ${first.path} could not be checked by ${checker}: ${result.why}`;
    return [[first.path, problem("FILE_CHECK_UNAVAILABLE", { message, ...origin })]];
  }
  const said = wordsOf(`${result.stderr}\n${result.stdout}`, options.folder);
  const message = `file ${first.path} was refused by ${checker}: ${said || `exit code ${result.exitCode}`}`;
  return [[first.path, problem("FILE_REJECTED", { message, ...origin })]];
}

/** A checker's words on one line, without the folder that the file lay in for the moment. */
function wordsOf(text: string, folder: string): string {
  const lines = text.replaceAll(`${folder}/`, "").split("\n");
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join("; ")
    .slice(0, LONGEST_WORDS);
}
