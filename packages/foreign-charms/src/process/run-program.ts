import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { closeWriting, outputPipes } from "./output-pipe.ts";
import { readLines } from "./read-lines.ts";
import { killSession, processAt, processesOf } from "./sessions.ts";

/** Limits of one run of a charm's program. */
export interface ProgramLimits {
  /** Milliseconds after which it is killed with all that it started. */
  readonly deadlineMs: number;
  /** Bytes of memory that each of its processes may have for itself, and all together may hold. */
  readonly memoryBytes: number;
  /** Processes that it may have at once. */
  readonly processes: number;
}

/** How a charm's program is run. */
export interface ProgramOptions {
  readonly program: string;
  readonly cwd: string;
  /** Folder (0700) for the time of the run. */
  readonly folder: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: ProgramLimits;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
  /** Told the process before it does anything. */
  readonly onStart: (started: StartedProgram) => void;
  /** Kills it. */
  readonly signal: AbortSignal;
}

/** A process that leads a session of its own. */
export interface StartedProgram {
  readonly pid: number;
  readonly startTime: string;
}

/** How a run ended. */
export type ProgramEnd =
  | { readonly how: "ended"; readonly exitCode: number }
  /** By somebody else's signal. */
  | { readonly how: "signal"; readonly signal: string }
  | { readonly how: "late" }
  | { readonly how: "limit"; readonly what: string }
  | { readonly how: "aborted" }
  | { readonly how: "not-started"; readonly why: string };

const LOOK_MS = 500;
/** What was written just before the end is still in the pipe then; a daemon that was left behind holds it open. */
const DRAIN_MS = 200;
/** Sets what the kernel limits for each process by itself, then becomes the program. `-d` is all memory that is private and writable. */
const LAUNCHER = 'ulimit -c 0; ulimit -n 4096 2>/dev/null; ulimit -d "$1" 2>/dev/null; shift; exec "$@"';

/**
 * Runs a charm's program to its end, in a session of its own, without standard input; never rejects.
 *
 * What it leaves running when it ends by itself goes on, as with Juju: that is how charms start daemons.
 */
export async function runProgram(options: ProgramOptions): Promise<ProgramEnd> {
  const { program, cwd, env, limits, signal } = options;
  const memoryKib = String(Math.floor(limits.memoryBytes / 1024));
  const pipes = await outputPipes(options.folder, ["stdout", "stderr"]);
  const child = spawn("/bin/sh", ["-c", LAUNCHER, program, memoryKib, program], {
    cwd,
    env,
    // A session, and so a group, of its own.
    detached: true,
    stdio: ["ignore", ...pipes.map(({ writing }) => writing)],
  });
  closeWriting(pipes);
  const ended = Promise.withResolvers<ProgramEnd>();
  child.once("error", (error) => ended.resolve({ how: "not-started", why: error.message }));
  child.once("exit", (code, killer) =>
    ended.resolve(
      code === null ? { how: "signal", signal: killer ?? "?" } : { how: "ended", exitCode: code },
    ),
  );
  const { pid } = child;
  if (pid === undefined) {
    for (const { reading } of pipes) reading.destroy();
    return await ended.promise;
  }
  options.onStart({ pid, startTime: processAt(pid)?.startTime ?? "" });
  let verdict: ProgramEnd | undefined;
  const end = (found: ProgramEnd): void => {
    verdict ??= found;
    killSession(pid);
  };
  const deadline = setTimeout(() => end({ how: "late" }), limits.deadlineMs);
  const watch = setInterval(() => {
    const found = excess(pid, limits);
    if (found !== undefined) end({ how: "limit", what: found });
  }, LOOK_MS);
  const abort = (): void => end({ how: "aborted" });
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  const readers = pipes.map(({ reading }, i) =>
    readLines(reading, (line) => options.onLine(i === 0 ? "stdout" : "stderr", line)),
  );
  try {
    const found = await ended.promise;
    await Promise.race([Promise.all(readers.map((one) => one.ended)), sleep(DRAIN_MS)]);
    return verdict ?? found;
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
    signal.removeEventListener("abort", abort);
    for (const { close } of readers) close();
  }
}

function excess(session: number, limits: ProgramLimits): string | undefined {
  const found = processesOf(session);
  if (found.length > limits.processes) {
    return `it had ${found.length} processes; allowed are ${limits.processes}`;
  }
  const bytes = found.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
  if (bytes <= limits.memoryBytes) return undefined;
  return `it held ${Math.round(bytes / 2 ** 20)} MiB of memory; allowed are ${Math.round(limits.memoryBytes / 2 ** 20)}`;
}
