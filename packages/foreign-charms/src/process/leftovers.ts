import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { killSession, processAt, processesOf } from "./sessions.ts";
import type { StartedProgram } from "./run-program.ts";
import { readJsonFile } from "./write-file-durably.ts";

interface Running extends StartedProgram {
  readonly contextId: string;
}

/** Notes that a program runs, so that whoever comes after a crash of the agent finds it; after one of the machine there is none. */
export function noteRunning(path: string, running: Running): void {
  writeFileSync(path, JSON.stringify(running), { mode: 0o600 });
}

/** Notes that it has ended. */
export function noteEnded(path: string): void {
  rmSync(path, { force: true });
}

/**
 * Kills a program that an agent left running when it died: nobody answers its hook tools, and the same hook is run again.
 * Says whether there was one.
 */
export function endLeftover(path: string): boolean {
  const running = readJsonFile(path);
  if (!isRunning(running)) return false;
  const { pid, startTime, contextId } = running;
  const isLeader = processAt(pid)?.startTime === startTime;
  // The session outlives its first process; its number is taken by nobody else as long as it lives.
  const found = isLeader || processesOf(pid).some((one) => environmentOf(one.pid).includes(contextId));
  if (found) killSession(pid);
  noteEnded(path);
  return found;
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

function isRunning(value: unknown): value is Running {
  return (
    typeof value === "object" &&
    value !== null &&
    "pid" in value &&
    Number.isInteger(value.pid) &&
    Number(value.pid) > 1 &&
    "startTime" in value &&
    typeof value.startTime === "string" &&
    "contextId" in value &&
    typeof value.contextId === "string"
  );
}
