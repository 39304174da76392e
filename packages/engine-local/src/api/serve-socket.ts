import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { OrreryError } from "@orrery/problems";
import type { Hono } from "hono";
import { socketName } from "./socket-path.ts";

/** Serves on a unix socket that its owner alone may connect to (0600). The caller holds the data folder's lock. */
export async function serveSocket(api: Hono, path: string): Promise<AsyncDisposable> {
  // A socket that was left behind: nobody else can be listening there.
  rmSync(path, { force: true });
  const name = socketName(path);
  const answer = getRequestListener(api.fetch);
  const server = createServer((request, response) => void answer(request, response));
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(name.path, resolve));
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new OrreryError("HOME_UNUSABLE", `socket ${path} cannot be made: ${told}`, { cause });
  } finally {
    process.umask(before);
    name[Symbol.dispose]();
  }
  chmodSync(path, 0o600);
  return {
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Those who follow the log would keep it open for ever; an answer that is under way is sent yet.
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 200).unref();
      });
      rmSync(path, { force: true });
    },
  };
}
