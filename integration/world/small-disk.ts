import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Where the disk is in its own mount namespace; nobody outside sees it there. */
const MOUNT = "/mnt";

/** How little the disk holds. */
export interface SmallDiskOptions {
  readonly megabytes: number;
  /** Files and folders. */
  readonly inodes: number;
}

/**
 * A disk that is soon full: a tmpfs in a mount namespace of its own, which goes with it, however the test ends.
 *
 * Root mounts it as it is; anybody else in a user namespace, where the machine allows that.
 */
export class SmallDisk implements AsyncDisposable {
  /** What a command is started with so that it sees the disk. */
  readonly prefix: readonly string[];
  /** Path of a folder on it, for those who were started so. */
  readonly home: string = `${MOUNT}/home`;
  /** What stands before such a path, for those outside. */
  readonly outside: string;
  readonly #holder: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.#holder = holder;
    const user = isRoot() ? [] : ["--user", "--preserve-credentials"];
    this.prefix = ["nsenter", "--target", String(holder.pid), ...user, "--mount"];
    this.outside = `/proc/${holder.pid}/root`;
  }

  /** Says whether this machine lets its user mount one. */
  static isPossible(): boolean {
    const [command, ...args] = [...unshare(), `mount -t tmpfs none ${MOUNT}`];
    return spawnSync(command, args, { stdio: "ignore" }).status === 0;
  }

  static async mount({ megabytes, inodes }: SmallDiskOptions): Promise<SmallDisk> {
    const script = `mount -t tmpfs -o size=${megabytes}m,nr_inodes=${inodes},mode=700 none ${MOUNT} && echo mounted && exec sleep infinity`;
    const [command, ...args] = [...unshare(), script];
    const holder = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once("data", () => resolve());
      holder.once("exit", (code) => reject(new Error(`the disk could not be mounted: ${code}`)));
      holder.once("error", reject);
    });
    return new SmallDisk(holder);
  }

  /** Takes every byte that is left. The result gives them back. */
  fillBytes(): () => void {
    const path = join(this.outside, MOUNT, "ballast");
    const file = openSync(path, "w");
    untilFull(() => writeSync(file, Buffer.alloc(4096)));
    closeSync(file);
    return () => rmSync(path);
  }

  /** Takes every file that may still be made; those that are there can grow. The result gives them back. */
  fillInodes(): () => void {
    const folder = join(this.outside, MOUNT, "many");
    mkdirSync(folder);
    let count = 0;
    untilFull(() => writeFileSync(join(folder, String((count += 1))), ""));
    return () => rmSync(folder, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#holder.once("exit", resolve));
    this.#holder.kill("SIGKILL");
    await ended;
  }
}

function unshare(): readonly [string, ...string[]] {
  return ["unshare", ...(isRoot() ? [] : ["--user", "--map-root-user"]), "--mount", "sh", "-c"];
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function untilFull(write: () => unknown): void {
  for (;;) {
    try {
      write();
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ENOSPC") return;
      throw cause;
    }
  }
}
