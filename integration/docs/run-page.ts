import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page, Step } from "./read-page.ts";

const MAIN = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
const LONGEST_MS = 200_000;

/** Where a page is followed. */
export interface Following {
  /** Folder in which the reader stands at first. */
  readonly folder: string;
  /** Data folder of the engine that the reader talks to. */
  readonly home: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Says that `npx orrery` is whatever the folder has installed; else it is the command from its sources. */
  readonly installed?: boolean;
  /** What each command is started with; nothing when absent. */
  readonly prefix?: readonly string[];
}

/**
 * Follows a page as a reader would: saves its files, types its commands, each where the one before has left off.
 *
 * @returns one line for each command that did not end as the page says: with 0, or with N where its comment says "exit code N"
 */
export async function runPage(page: Page, following: Following): Promise<readonly string[]> {
  const bin = following.installed === true ? "" : commandShims(following.home);
  const environment = {
    ...process.env,
    NO_COLOR: "1",
    ORRERY_HOME: following.home,
    PATH: [bin, dirname(process.execPath), process.env["PATH"]].filter(Boolean).join(delimiter),
    ...following.environment,
  };
  const faults: string[] = [];
  let { folder } = following;
  for (const step of page.steps) {
    if (step.kind === "file") {
      mkdirSync(dirname(join(folder, step.path)), { recursive: true });
      writeFileSync(join(folder, step.path), step.text);
      continue;
    }
    const ran = await typed(step, { ...following, folder }, environment);
    folder = ran.folder ?? folder;
    const wanted = Number(/exit code (\d+)/.exec(step.text)?.[1] ?? 0);
    if (ran.code !== wanted)
      faults.push(`line ${step.line}: ${step.text}: ended with ${ran.code}\n${ran.output}`);
  }
  return faults;
}

interface Typed {
  readonly code: number;
  readonly output: string;
  /** Where the shell stood at its end. */
  readonly folder: string | undefined;
}

async function typed(
  { text }: Step & { readonly kind: "command" },
  { folder: cwd, home, prefix = [] }: Following,
  env: NodeJS.ProcessEnv,
): Promise<Typed> {
  // A file, since what a command leaves in the background would keep a pipe open.
  const note = join(home, "reader-stands-in");
  rmSync(note, { force: true });
  return await new Promise((resolve, reject) => {
    const script = `set -euo pipefail\ntrap 'pwd > "$READER_NOTE"' EXIT\n${text}\n`;
    const [command = "bash", ...words]: readonly string[] = [...prefix, "bash", "-c", script];
    const shell = spawn(command, words, {
      cwd,
      env: { ...env, READER_NOTE: note },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LONGEST_MS,
    });
    let output = "";
    for (const stream of [shell.stdout, shell.stderr])
      stream.on("data", (chunk) => (output += String(chunk)));
    const done = (code: number | null): void => {
      const folder = existsSync(note) ? readFileSync(note, "utf8").trim() : undefined;
      resolve({ code: code ?? 255, output, folder });
    };
    shell.once("error", reject);
    shell.once("close", done);
    shell.once("exit", (code) => setTimeout(() => done(code), 1000));
  });
}

/** Makes `orrery` and `npx orrery` the command from its sources, without the set-up that the bootstrap's own tests try. */
function commandShims(home: string): string {
  const bin = join(home, "typed-by-readers");
  mkdirSync(bin, { recursive: true });
  const command = `exec "${process.execPath}" --conditions=@orrery/source "${MAIN}"`;
  writeFileSync(join(bin, "orrery"), `#!/bin/sh\n${command} "$@"\n`);
  writeFileSync(
    join(bin, "npx"),
    `#!/bin/sh\n[ "$1" = orrery ] || { echo "npx $1 is not to be run here" >&2; exit 1; }\nshift\n${command} "$@"\n`,
  );
  for (const name of ["orrery", "npx"]) chmodSync(join(bin, name), 0o755);
  return bin;
}
