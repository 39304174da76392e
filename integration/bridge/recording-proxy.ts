import { createServer, request } from "node:http";
import type { Server } from "node:http";

/** Passes everything on to a server and remembers what was asked of it. */
export class RecordingProxy implements AsyncDisposable {
  /** Methods and paths, in order. */
  readonly asked: { readonly method: string; readonly path: string }[] = [];
  readonly #server: Server;
  readonly #target: URL;

  private constructor(target: string, token: string | undefined) {
    this.#target = new URL(target);
    this.#server = createServer((incoming, outgoing) => {
      const { method = "", url: path = "", headers } = incoming;
      this.asked.push({ method, path });
      if (token !== undefined && headers.authorization !== `Bearer ${token}`) {
        outgoing.writeHead(401).end();
        return;
      }
      const { hostname, port } = this.#target;
      const passed = request(
        { hostname, port, method, path, headers: { ...headers, host: this.#target.host } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      passed.on("error", () => outgoing.writeHead(502).end());
      incoming.pipe(passed);
    });
  }

  /** Listens on a loopback address of its own; with a token, it lets nobody through who does not bear it. */
  static async before(target: string, address: string, token?: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(target, token);
    const [host = "", port = ""] = address.split(":");
    await new Promise<void>((resolve) => proxy.#server.listen(Number(port), host, resolve));
    return proxy;
  }

  /** The methods that were used since it was last asked. */
  methods(): readonly string[] {
    return [...new Set(this.asked.splice(0).map(({ method }) => method))].toSorted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
