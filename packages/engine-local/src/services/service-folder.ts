import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";
import type { ServicePlan } from "./service-plan.ts";
import type { Ended } from "./service-state.ts";
import type { RunitBinaries } from "./runit-binaries.ts";
import { logConfig, serviceScripts } from "./service-scripts.ts";
import type { SuperviseStatus } from "./supervise-status.ts";
import { parseSuperviseStatus } from "./supervise-status.ts";

/** What writing a service's files has changed. */
export interface ServiceFilesWritten {
  readonly files: number;
  readonly bytes: number;
  readonly removed: number;
  /** Whether the log writer has to be started again. */
  readonly log: boolean;
}

/** One service's folder as runit has it, with what its own scripts leave there. */
export class ServiceFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Writes those files that differ from what is there. */
  write(
    plan: ServicePlan,
    from: { readonly binaries: RunitBinaries; readonly mark: string },
  ): ServiceFilesWritten {
    let files = 0;
    let bytes = 0;
    let removed = 0;
    let log = false;
    const wanted: [path: string, content: string, mode: number][] = [
      [join(plan.logFolder, "config"), logConfig(), 0o644],
      [join(this.path, "kill-delay"), `${plan.killDelayMs}\n`, 0o644],
      ...Object.entries(serviceScripts(plan, from)).map(([name, content]): [string, string, number] => [
        join(this.path, name),
        content,
        name === "down" ? 0o644 : 0o700,
      ]),
    ];
    for (const [path, content, mode] of wanted) {
      if (readIfThere(path) === content) continue;
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeAtomically(path, content, mode);
      chmodSync(path, mode);
      files += 1;
      bytes += Buffer.byteLength(content);
      log ||= path === join(this.path, "log", "run");
    }
    if (plan.enabled && readIfThere(join(this.path, "down")) !== undefined) {
      rmSync(join(this.path, "down"));
      removed += 1;
    }
    return { files, bytes, removed, log };
  }

  /** What runsv last said. */
  status(): SuperviseStatus | undefined {
    try {
      return parseSuperviseStatus(readFileSync(join(this.path, "supervise", "status")));
    } catch {
      return undefined;
    }
  }

  /** When the script was last changed, in milliseconds since the epoch. */
  changedAtMs(): number {
    return statSync(join(this.path, "run")).mtimeMs;
  }

  /** Milliseconds from SIGTERM to SIGKILL. */
  killDelayMs(): number {
    const found = Number(readIfThere(join(this.path, "kill-delay")));
    return Number.isFinite(found) && found > 0 ? found : 5000;
  }

  /** Has the next end of the service not count as one of its own. */
  expectEnd(): void {
    writeFileSync(join(this.path, "asked"), "");
  }

  /** Begins to count anew. */
  forgetEnds(): void {
    for (const name of ["asked", "ended"]) rmSync(join(this.path, name), { force: true });
  }

  /** How often and how the service ended without being asked to. */
  ended(): Ended | undefined {
    const path = join(this.path, "ended");
    const [count, exitCode, signal] = (readIfThere(path) ?? "").trim().split(" ").map(Number);
    if (!count || exitCode === undefined || signal === undefined) return undefined;
    try {
      return { count, exitCode, signal: exitCode < 0 ? signal & 0x7f : 0, atMs: statSync(path).mtimeMs };
    } catch {
      return undefined;
    }
  }
}
