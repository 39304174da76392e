import type { RequestListener } from "node:http";
import { createServer } from "node:http";

/** A web server on a free loopback port. */
export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: string[];
}

/** Starts a server; it is closed at the end of the test's scope. */
export async function openServer(listener: RequestListener): Promise<LocalServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    listener(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
