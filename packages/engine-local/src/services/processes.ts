import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** Says whether a process lives. One that has ended and was not yet collected does not. @see proc(5), /proc/pid/stat. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
    return state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}

/** Finds the processes of this user that have a variable whose value starts so. They keep it through every fork. */
export function findByVariable(name: string, prefix: string): number[] {
  // Byte for byte, whatever encoding paths have.
  const wanted = Buffer.from(`\0${name}=${prefix}`).toString("latin1");
  return findProcesses((pid) => `\0${readFileSync(`/proc/${pid}/environ`, "latin1")}`.includes(wanted));
}

/** Finds the processes without a terminal, so nobody's editor, that run from a folder or a program or script below it. */
export function findDetachedBelow(folder: string): number[] {
  return findProcesses((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const terminal = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[4];
    if (terminal !== "0") return false;
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const places = [readlinkSync(`/proc/${pid}/cwd`), readlinkSync(`/proc/${pid}/exe`), ...argv.slice(0, 3)];
    return places.some((place) => place === folder || place.startsWith(`${folder}/`));
  });
}

/** Finds the processes whose command line has these arguments, in this order from the first on. */
export function findByArguments(test: (argv: readonly string[]) => boolean): number[] {
  return findProcesses((pid) => test(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")));
}

function findProcesses(test: (pid: number) => boolean): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pid !== process.pid && isAlive(pid) && test(pid);
      } catch {
        // Gone in the meantime, or somebody else's.
        return false;
      }
    });
}
