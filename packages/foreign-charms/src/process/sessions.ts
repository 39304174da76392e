import { readFileSync, readdirSync } from "node:fs";

/** A process as the kernel lists it. */
export interface ListedProcess {
  readonly pid: number;
  readonly session: number;
  /** Clock ticks since the machine's start at which it began: with the pid, it tells one process from all others. */
  readonly startTime: string;
  readonly residentBytes: number;
}

const PAGE_BYTES = 4096;

/** Every living process of a session; those who have left it for one of their own are not among them. @see proc(5), /proc/pid/stat. */
export function processesOf(session: number): readonly ListedProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      const found = processAt(Number(name));
      return found?.session === session ? [found] : [];
    });
}

/** One process; nothing when it has ended. */
export function processAt(pid: number): ListedProcess | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The command's own name may hold anything, a parenthesis too.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "X", , , session = "0"] = fields;
    if (state === "Z" || state === "X") return undefined;
    return {
      pid,
      session: Number(session),
      startTime: fields[19] ?? "",
      residentBytes: Number(fields[21] ?? 0) * PAGE_BYTES,
    };
  } catch {
    return undefined;
  }
}

/** Kills every process of a session, those that are started meanwhile too. */
export function killSession(session: number): void {
  for (let round = 0; round < 100; round += 1) {
    const found = processesOf(session);
    if (found.length === 0) return;
    for (const { pid } of found) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Gone in the meantime.
      }
    }
  }
}
