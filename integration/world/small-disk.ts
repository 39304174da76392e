import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Namespace } from "./namespace.ts";

/** Where the disk is in its own mount namespace; nobody outside sees it there. */
const MOUNT = "/mnt";

/** How little the disk holds. */
export interface SmallDiskOptions {
  readonly megabytes: number;
  /** Files and folders. */
  readonly inodes: number;
}

/** A disk that is soon full: a tmpfs in a mount namespace of its own. */
export class SmallDisk implements AsyncDisposable {
  /** What a command is started with so that it sees the disk. */
  readonly prefix: readonly string[];
  /** Path of a folder on it, for those who were started so. */
  readonly home: string = `${MOUNT}/home`;
  /** What stands before such a path, for those outside. */
  readonly outside: string;
  readonly #namespace: Namespace;

  private constructor(namespace: Namespace) {
    this.#namespace = namespace;
    this.prefix = namespace.prefix;
    this.outside = `/proc/${namespace.pid}/root`;
  }

  /** Says whether this machine lets its user mount one. */
  static isPossible(): boolean {
    return Namespace.isPossible("mount", `mount -t tmpfs none ${MOUNT}`);
  }

  static async mount({ megabytes, inodes }: SmallDiskOptions): Promise<SmallDisk> {
    const size = `size=${megabytes}m,nr_inodes=${inodes},mode=700`;
    return new SmallDisk(await Namespace.make("mount", `mount -t tmpfs -o ${size} none ${MOUNT}`));
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
    await this.#namespace[Symbol.asyncDispose]();
  }
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
