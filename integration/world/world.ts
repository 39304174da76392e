import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createHash } from "node:crypto";
import { connectEngine } from "@orrery/engine-local/client";
import type { EngineClient } from "@orrery/engine-local/client";
import type { SmallDisk } from "./small-disk.ts";

const REPOSITORY = new URL("../..", import.meta.url).pathname;
const ORRERY = [
  process.execPath,
  "--conditions=@orrery/source",
  join(REPOSITORY, "packages/cli/src/main.ts"),
];

/** What one run of the command left. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a world is, and who listens. */
export interface WorldOptions {
  /** The data folder; one in the system's temporary folder when absent. */
  readonly home?: string;
  /** Has the data folder on this disk, and all commands see it. */
  readonly disk?: SmallDisk;
  /** What each command is started with. */
  readonly prefix?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** Told all that each command prints. */
  readonly hear?: (command: string, text: string) => void;
}

/**
 * One engine with a home of its own, driven through the command line as a person would.
 *
 * Programs come from the shared cache. Disposing ends the engine and everything that it runs.
 */
export class World {
  /** The data folder, as this process sees it. */
  readonly home: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #prefix: readonly string[];
  readonly #hear: NonNullable<WorldOptions["hear"]>;

  constructor(options: WorldOptions = {}) {
    const { disk, prefix = disk?.prefix ?? [], environment } = options;
    const home = disk?.home ?? options.home ?? mkdtempSync(join(tmpdir(), "orrery-world-"));
    this.home = `${disk?.outside ?? ""}${home}`;
    this.#prefix = prefix;
    this.#hear = options.hear ?? (() => undefined);
    this.#environment = { ...process.env, NO_COLOR: "1", ORRERY_HOME: home, ...environment };
  }

  /** Runs `orrery` with arguments and gives what it left, whatever its exit code. */
  async try(...args: readonly string[]): Promise<Ran> {
    return await new Promise((resolve) => {
      const [command = "", ...words] = [...this.#prefix, ...ORRERY, ...args];
      const child = execFile(
        command,
        words,
        { env: this.#environment, maxBuffer: 64 * 1024 * 1024, timeout: 600_000 },
        (error, stdout, stderr) => {
          const code = error ? (typeof error.code === "number" ? error.code : 255) : 0;
          this.#hear(`orrery ${args.join(" ")}`, stdout + stderr);
          resolve({ code, stdout, stderr });
        },
      );
      child.stdin?.end();
    });
  }

  /** Runs `orrery` and expects it to succeed. */
  async run(...args: readonly string[]): Promise<string> {
    const ran = await this.try(...args);
    if (ran.code !== 0) {
      throw new Error(`orrery ${args.join(" ")} ended with ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
    }
    return ran.stdout;
  }

  /** Runs `orrery … --format json` and reads what it printed. */
  async json<Value>(...args: readonly string[]): Promise<Value> {
    return JSON.parse(await this.run(...args, "--format", "json")) as Value;
  }

  /** Starts a command that goes on, such as the demo. */
  start(...args: readonly string[]): ChildProcess {
    const [command = "", ...words] = [...this.#prefix, ...ORRERY, ...args];
    return spawn(command, words, {
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** SHA-256 of every file below a folder of the home, by relative path: what "byte for byte the same" is judged by. */
  digests(below: string): Readonly<Record<string, string>> {
    const root = join(this.home, below);
    const found: Record<string, string> = {};
    for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      const path = join(root, entry);
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
      found[relative(root, path)] = createHash("sha256").update(readFileSync(path)).digest("hex");
    }
    return found;
  }

  /** The engine's own client, for what the command line does not show. */
  async client(): Promise<EngineClient> {
    return await connectEngine({ home: this.home });
  }

  /** The process id of the engine that holds this home. */
  async enginePid(): Promise<number> {
    return (await (await this.client()).ping()).pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.try("down");
    rmSync(this.home, { recursive: true, force: true });
  }
}

/**
 * Asks again until an answer is given, or fails with what was last seen. The time is for a machine that has other work to do;
 * a test whose subject is a bound names that bound.
 */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value | undefined | false>,
  timeoutMs: number = 180_000,
): Promise<Value> {
  const end = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(
    `not seen within ${timeoutMs} ms: ${what}${last instanceof Error ? `; last: ${last.message}` : ""}`,
  );
}

/** GETs JSON from a loopback address. */
export async function getJson<Value>(url: string): Promise<Value> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as Value;
}

/** A process of this machine. */
export interface Process {
  readonly pid: number;
  readonly command: readonly string[];
}

/** The processes whose command line or working folder names a folder: what a world has running. */
export function processesBelow(folder: string): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").slice(0, -1);
        const environment = readFileSync(`/proc/${name}/environ`, "utf8");
        const ours = command.some((word) => word.includes(folder)) || environment.includes(folder);
        return ours && Number(name) !== process.pid ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    });
}
