import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configuration, loki } from "@orrery/backends/loki";
import type { LokiSettings } from "@orrery/backends/loki";
import { defaultCacheFolder, provision } from "@orrery/provision";
import { http } from "../backends/http.ts";
import { until } from "../world/world.ts";

/** Settings of an ordinary Loki. */
export const SETTINGS: LokiSettings = {
  retentionDays: 30,
  ingestionRateMb: 4,
  ingestionBurstMb: 15,
  maxLineKb: 256,
  maxStreams: 5000,
  diskFullPercent: 100,
  logLevel: "warn",
  reporting: false,
};

/** What a push was answered with. */
export interface Pushed {
  readonly status: number;
  readonly body: string;
}

/** A real Loki on files of the backend's, with no engine. */
export class LokiServer implements AsyncDisposable {
  readonly url: string;
  /** What the server was given. */
  files: Readonly<Record<string, string>> = {};
  readonly #folder: string = mkdtempSync(join(tmpdir(), "orrery-loki-"));
  readonly #address: string;
  readonly #program: { readonly path: string; readonly version: string };
  #process: ChildProcess | undefined;

  private constructor(address: string, program: { readonly path: string; readonly version: string }) {
    this.#address = address;
    this.#program = program;
    this.url = `http://${address}:3100`;
  }

  /** Starts one on an address of its own, and waits until it takes lines. */
  static async start(address: string, settings: LokiSettings = SETTINGS): Promise<LokiServer> {
    const { loki: found } = await provision(["loki"], { cacheFolder: defaultCacheFolder(process.env) });
    if (!found) throw new Error("loki could not be had");
    const server = new LokiServer(address, found);
    await server.run(settings);
    return server;
  }

  /** Starts with settings; what was there before must have ended. */
  async run(settings: LokiSettings): Promise<void> {
    const path = join(this.#folder, "loki.json");
    const content = this.configuration(settings).files["loki.json"]?.content ?? "";
    mkdirSync(join(this.#folder, "storage"), { recursive: true });
    writeFileSync(path, content);
    this.files = { "loki.json": content };
    this.#process = spawn(this.#program.path, [`-config.file=${path}`], { stdio: "ignore" });
    const ready = {
      signal: "logs",
      kind: "ready",
      name: "loki",
      application: "loki",
      container: "loki",
    } as const;
    await until("a Loki that is ready", async () => {
      const [reading] = await loki.read(this.url, [ready], http);
      return reading?.state === "live";
    });
  }

  /** The files that the backend makes for this server. */
  configuration(settings: LokiSettings): ReturnType<typeof configuration> {
    const to = {
      version: this.#program.version,
      container: "loki",
      program: this.#program.path,
      folder: this.#folder,
      storage: join(this.#folder, "storage"),
      address: this.#address,
      httpPort: 3100,
      grpcPort: 9095,
    };
    return configuration(settings, to, { application: "loki" });
  }

  /** Pushes lines of one stream, each written so many seconds ago. */
  async push(
    stream: Readonly<Record<string, string>>,
    lines: readonly { readonly ago: number; readonly line: string }[],
  ): Promise<Pushed> {
    const values = lines.map(({ ago, line }) => [`${Date.now() - ago * 1000}000000`, line]);
    const answer = await fetch(`${this.url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams: [{ stream, values }] }),
    });
    return { status: answer.status, body: await answer.text() };
  }

  /** Ends the server, at once and without warning for `SIGKILL`. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end("SIGKILL");
    rmSync(this.#folder, { recursive: true });
  }
}
