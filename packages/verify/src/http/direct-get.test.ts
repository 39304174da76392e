import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { directGet } from "./direct-get.ts";

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/never") return;
    response.statusCode = request.url === "/teapot" ? 418 : 200;
    response.end("x".repeat(1000));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("gives status and body, an error status too", async () => {
  expect(await directGet()(`${url}/teapot`)).toEqual({ status: 418, body: "x".repeat(1000) });
});

test("ends at its deadline", async () => {
  await expect(directGet({ timeoutMs: 50 })(`${url}/never`)).rejects.toMatchObject({
    code: "VERIFY_GET_FAILED",
    message: `address ${url}/never gave no whole answer within 50 ms`,
  });
});

test("reads no more than it may", async () => {
  await expect(directGet({ maxBytes: 10 })(url)).rejects.toMatchObject({ code: "VERIFY_GET_FAILED" });
});

test("says that nobody listens", async () => {
  await expect(directGet()("http://127.0.0.1:1")).rejects.toMatchObject({ code: "VERIFY_GET_FAILED" });
});
