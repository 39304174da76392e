import { spawn } from "node:child_process";
import { LineSplitter } from "./line-splitter.ts";

/** How to run a process. */
export interface RunProcessOptions {
  readonly cwd?: string;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with each line of either stream, without its end. */
  readonly onLine?: (line: string) => void;
  /** Ends the process as soon as its output matches. */
  readonly until?: RegExp;
  /** Ends the process after this many milliseconds. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a process ended. */
export interface ProcessResult {
  /** The exit code; absent when a signal ended it or it could not be started. */
  readonly exitCode?: number;
  /** The last 64 KiB of both streams, in the order of arrival. */
  readonly output: string;
  /** Whether the output matched `until`. */
  readonly matched: boolean;
  /** Why there is no exit code, such as `spawn ENOENT`, `SIGKILL` or `no answer within 10 s`. */
  readonly failure?: string;
}

/** Runs a process to its end; never rejects. */
export type RunProcess = (
  command: string,
  args: readonly string[],
  options: RunProcessOptions,
) => Promise<ProcessResult>;

/** The most output that is kept, in UTF-16 code units. */
const KEPT_OUTPUT = 64 * 1024;

/** How long a process may take to end after SIGTERM before it is killed, in milliseconds. */
const GRACE_MS = 3000;

/** How long the streams of a process may stay open after its end, in milliseconds. */
const CLOSE_MS = 500;

/** The real {@link RunProcess}. Standard input is empty; the process is asked to end with SIGTERM, then killed. */
export const runProcess: RunProcess = (command, args, options) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let matched = false;
    let ended: string | undefined;
    let killer: NodeJS.Timeout | undefined;
    let closer: NodeJS.Timeout | undefined;
    const end = (why: string | undefined): void => {
      if (killer !== undefined) return;
      ended = why;
      child.kill("SIGTERM");
      killer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    const abort = (): void => end("cancelled");
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(end, options.timeoutMs, `no end within ${options.timeoutMs / 1000} s`);
    const finish = (result: ProcessResult): void => {
      clearTimeout(timer);
      clearTimeout(killer);
      clearTimeout(closer);
      options.signal?.removeEventListener("abort", abort);
      resolve(result);
    };
    for (const stream of [child.stdout, child.stderr]) {
      const lines = new LineSplitter(options.onLine);
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output = (output + text).slice(-KEPT_OUTPUT);
        lines.push(text);
        if (!matched && options.until?.test(output)) {
          matched = true;
          end(undefined);
        }
      });
      stream.on("end", () => lines.flush());
    }
    // A process of the child's own may hold the streams open long after the child itself is gone.
    child.on("exit", () => {
      closer = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, CLOSE_MS);
    });
    child.on("error", (error) => finish({ output, matched, failure: error.message }));
    child.on("close", (code, signal) => {
      const failure = ended ?? signal ?? undefined;
      finish({
        output,
        matched,
        ...(code !== null && ended === undefined ? { exitCode: code } : {}),
        ...(failure ? { failure } : {}),
      });
    });
    if (options.signal?.aborted) abort();
    else options.signal?.addEventListener("abort", abort);
  });
