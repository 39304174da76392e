import { spawn } from "node:child_process";
import type { ExecResult } from "@orrery/charm";

/** How to run a command. */
export interface RunCommandOptions {
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds after which it is killed with all that it started. */
  readonly deadlineMs: number;
}

/** What became of a command. */
export type CommandResult =
  | ({ readonly ran: true } & ExecResult)
  /** It could not be started, or did not end in time. */
  | { readonly ran: false; readonly why: string };

/** Runs a command to its end; never rejects. */
export type RunCommand = (command: readonly string[], options: RunCommandOptions) => Promise<CommandResult>;

/** The most that is kept of each stream, in bytes; what comes after it is dropped. */
const KEPT_BYTES = 1024 * 1024;

/** The real {@link RunCommand}: in a process group of its own, without standard input. */
export const runCommand: RunCommand = ([program = "", ...args], { cwd, env, deadlineMs }) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let late = false;
    const killGroup = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // Nothing of it is left.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      killGroup();
    }, deadlineMs);
    for (const name of ["stdout", "stderr"] as const) {
      let size = 0;
      child[name].on("data", (chunk: Buffer) => {
        if (size < KEPT_BYTES) kept[name].push(chunk.subarray(0, KEPT_BYTES - size));
        size += chunk.byteLength;
      });
    }
    child.once("error", (error) => {
      clearTimeout(timer);
      resolve({ ran: false, why: error.message });
    });
    // A grandchild may hold the streams open after the command itself has ended.
    child.once("exit", () => setTimeout(killGroup, 200).unref());
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (late) resolve({ ran: false, why: `it did not end within ${deadlineMs / 1000} s` });
      else if (code === null) resolve({ ran: false, why: `it was ended by ${signal ?? "a signal"}` });
      else {
        const text = (name: "stdout" | "stderr"): string => Buffer.concat(kept[name]).toString("utf8");
        resolve({ ran: true, exitCode: code, stdout: text("stdout"), stderr: text("stderr") });
      }
    });
  });
