import { randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, closeSync, constants, mkdirSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { join } from "node:path";
import type { HookRun } from "../hook-run/hook-run.ts";
import { Pacer } from "./pacer.ts";
import { ToolConnection } from "./tool-connection.ts";
import type { ToolLimits } from "./tool-limits.ts";

/** What hook tools are served with. */
export interface ToolServerOptions {
  /** Folder in which the socket's own folder is made; absolute. */
  readonly folder: string;
  readonly run: HookRun;
  readonly limits: ToolLimits;
  /** Told once of each limit that the program went past. */
  readonly onLimit: (what: string) => void;
}

/**
 * Serves the hook tools of one run of a charm's program, on a socket (0600) in a folder (0700) of its own, to those who know its
 * context id: 256 random bits, in the environment of that one run alone.
 */
export class ToolServer implements AsyncDisposable {
  readonly contextId: string;
  /** Path of the socket. */
  readonly address: string;
  readonly #folder: string;
  readonly #options: ToolServerOptions;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #pacer: Pacer;
  readonly #told = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #bytes = 0;

  private constructor(options: ToolServerOptions) {
    this.#options = options;
    this.contextId = `${options.run.view.unit}-${randomBytes(32).toString("hex")}`;
    this.#folder = join(options.folder, randomBytes(8).toString("hex"));
    this.address = join(this.#folder, "socket");
    const { callsPerSecond: perSecond, burst } = options.limits;
    this.#pacer = new Pacer({ perSecond, burst, now: () => performance.now() });
    this.#server = createServer((socket) => this.#take(socket));
  }

  /** Begins to serve. @throws Error when the socket cannot be made. */
  static async open(options: ToolServerOptions): Promise<ToolServer> {
    const server = new ToolServer(options);
    await server.#listen();
    return server;
  }

  async #listen(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    // A socket's path may have 107 bytes and a unit's folder may lie deep: it is named by way of its open folder.
    const folder = openSync(this.#folder, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      const listening = Promise.withResolvers<void>();
      this.#server.once("error", listening.reject);
      this.#server.listen(join("/proc/self/fd", String(folder), "socket"), listening.resolve);
      await listening.promise;
      chmodSync(this.address, 0o600);
    } finally {
      closeSync(folder);
    }
  }

  #take(socket: Socket): void {
    this.#open.add(socket);
    socket.once("close", () => this.#open.delete(socket));
    const connection = new ToolConnection(socket, this.#options.limits);
    void this.#serve(connection);
  }

  async #serve(connection: ToolConnection): Promise<void> {
    const { limits, run } = this.#options;
    try {
      if (this.#open.size > limits.connections) {
        this.#limit(`it ran more than ${limits.connections} hook tools at once`);
        return connection.refuse(`more than ${limits.connections} hook tools at once`);
      }
      const request = await connection.request();
      if (!request) return undefined;
      if (!isSame(request.contextId, this.contextId)) return connection.refuse("unknown context id");
      this.#calls += 1;
      this.#bytes += request.bytes;
      if (this.#calls > limits.calls || this.#bytes > limits.totalBytes) {
        const what =
          this.#calls > limits.calls ? `${limits.calls} calls` : `${limits.totalBytes} bytes of calls`;
        this.#limit(`it made more than ${what} of hook tools`);
        return connection.refuse(`more than ${what} of hook tools`);
      }
      const wait = this.#pacer.take();
      if (wait > 0) {
        this.#limit(
          `it called hook tools faster than ${limits.callsPerSecond} times a second and was slowed down`,
        );
        await new Promise((resolve) => setTimeout(resolve, wait).unref());
      }
      // One at a time, as Juju's agent does.
      const mine = this.#last.then(async () => await connection.answer(request, run));
      this.#last = mine.catch(() => undefined);
      this.#bytes += await mine;
    } catch (cause) {
      connection.refuse(cause instanceof Error ? cause.message : String(cause));
    }
    return undefined;
  }

  #limit(what: string): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    this.#options.onLimit(what);
  }

  /** Ends it; a tool that still runs is told that the agent went away. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = Promise.withResolvers<void>();
    this.#server.close(() => closed.resolve());
    for (const socket of this.#open) socket.destroy();
    await closed.promise;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function isSame(given: string, own: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(own)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
