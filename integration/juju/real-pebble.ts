import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultCacheFolder, provision } from "@orrery/provision";

/** A pod with one container, whose Pebble is real. */
export class RealPebble implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "orrery-pebble-"));
  readonly sockets: string = join(this.folder, "containers");
  readonly #container: string;
  #path = "";
  #process: ChildProcess | undefined;

  constructor(container: string) {
    this.#container = container;
  }

  /** Starts it as Juju does: with nothing to run, waiting for layers. */
  async start(): Promise<void> {
    if (this.#path === "") {
      const { pebble } = await provision(["pebble"], { cacheFolder: defaultCacheFolder(process.env) });
      this.#path = pebble?.path ?? "";
    }
    const socket = join(this.sockets, this.#container, "pebble.socket");
    mkdirSync(join(this.sockets, this.#container), { recursive: true });
    rmSync(socket, { force: true });
    this.#process = spawn(this.#path, ["run", "--create-dirs", "--hold"], {
      env: { ...process.env, PEBBLE: join(this.folder, "pebble"), PEBBLE_SOCKET: socket },
      stdio: "ignore",
    });
    while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Ends it with all that it runs; what it was told is forgotten, as when a container is made anew. */
  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0, signalCode: null };
    if (!this.#process || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await ended;
    rmSync(join(this.sockets, this.#container, "pebble.socket"), { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
