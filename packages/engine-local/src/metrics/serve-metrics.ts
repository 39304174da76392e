import { createServer } from "node:http";
import type { Server } from "node:http";
import type { EngineMetrics } from "./engine-metrics.ts";

/** Serves the engine's metrics on the address of its own unit. */
export class MetricsServer implements AsyncDisposable {
  readonly #metrics: EngineMetrics;
  #server: Server | undefined;

  constructor(metrics: EngineMetrics) {
    this.#metrics = metrics;
  }

  /** Listens there, and nowhere else any more. @throws Error when the port is taken. */
  async listen(address: string, port: number): Promise<void> {
    await this[Symbol.asyncDispose]();
    const server = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        if (request.method !== "GET" || request.url?.split("?")[0] !== "/metrics") {
          response.writeHead(404).end();
          return;
        }
        const { contentType, body } = await this.#metrics.expose();
        response.writeHead(200, { "content-type": contentType }).end(body);
      };
      answer().catch(() => response.writeHead(500).end());
    });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, address, resolve));
    this.#server = server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      if (!server) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
