import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** What a namespace has for itself. */
export type NamespaceKind = "mount" | "net";

/**
 * A namespace of the kernel's with a process that holds it; it goes with that process, however the test ends.
 *
 * Root makes it as it is; anybody else within a user namespace, where the machine allows that.
 */
export class Namespace implements AsyncDisposable {
  /** What a command is started with so that it is in there. */
  readonly prefix: readonly string[];
  readonly pid: number;
  readonly #holder: ChildProcess;

  private constructor(kind: NamespaceKind, holder: ChildProcess) {
    this.#holder = holder;
    this.pid = holder.pid ?? 0;
    const user = isRoot() ? [] : ["--user", "--preserve-credentials"];
    this.prefix = ["nsenter", "--target", String(this.pid), ...user, `--${kind}`];
  }

  /** Says whether this machine lets its user make one in which a shell's commands succeed. */
  static isPossible(kind: NamespaceKind, setUp: string): boolean {
    const [command, ...args] = unshare(kind, setUp);
    return spawnSync(command, args, { stdio: "ignore" }).status === 0;
  }

  /** Makes one, and sets it up with a shell's commands; its owner's own is that of the one it is made beside, if any. */
  static async make(kind: NamespaceKind, setUp: string, beside?: Namespace): Promise<Namespace> {
    const script = `set -e; ${setUp}; echo ready; exec sleep infinity`;
    const [command = "", ...args]: readonly string[] = beside
      ? [...beside.prefix, "unshare", `--${kind}`, "sh", "-c", script]
      : unshare(kind, script);
    const holder = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise<void>((resolve, reject) => {
      holder.stdout.once("data", () => resolve());
      holder.once("exit", (code) => reject(new Error(`the ${kind} namespace could not be set up: ${code}`)));
      holder.once("error", reject);
    });
    return new Namespace(kind, holder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#holder.once("exit", resolve));
    this.#holder.kill("SIGKILL");
    await ended;
  }
}

function unshare(kind: NamespaceKind, script: string): readonly [string, ...string[]] {
  return ["unshare", ...(isRoot() ? [] : ["--user", "--map-root-user"]), `--${kind}`, "sh", "-c", script];
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
