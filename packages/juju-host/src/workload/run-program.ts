import { execFile } from "node:child_process";
import type { CommandResult } from "./files/container-disk.ts";

/** Runs a program of the machine to its end; never rejects. */
export type RunProgram = (
  command: readonly string[],
  how: { readonly folder: string; readonly deadlineMs: number },
) => Promise<CommandResult>;

/** The most that is kept of each stream, in bytes; a program that writes more is ended. */
const KEPT_BYTES = 1024 * 1024;

/** The real {@link RunProgram}. */
export const runProgram: RunProgram = ([program = "", ...args], { folder, deadlineMs }) =>
  new Promise((resolve) => {
    const options = {
      cwd: folder,
      timeout: deadlineMs,
      maxBuffer: KEPT_BYTES,
      killSignal: "SIGKILL",
    } as const;
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ ran: true, exitCode: 0, stdout, stderr });
      if (typeof error.code === "number") return resolve({ ran: true, exitCode: error.code, stdout, stderr });
      const why = error.killed === true ? `it did not end within ${deadlineMs / 1000} s` : error.message;
      return resolve({ ran: false, why });
    });
  });
