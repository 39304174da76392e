import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignHttp } from "./foreign-http.ts";

const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
  if (request.url === "/p/moved") response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
  else response.end("yes");
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/p`;
});
afterAll(() => server.close());

test("credentials go with each request below the connection's own address, and nowhere else", async () => {
  const { get, post } = foreignHttp({ url: base, credentials: { token: "t0ken\n" } });
  seen.length = 0;

  expect(await get(`${base}/x`)).toEqual({ status: 200, body: "yes" });
  await post(`${base}/y`);
  for (const url of [base.replace("/p", "/q"), `${base}x/y`, "http://127.0.0.2:9/p/x", `${base}/../q`]) {
    await expect(get(url)).rejects.toMatchObject({ code: "ADDRESS_NOT_GRANTED" });
  }
  expect(seen).toEqual(["GET /p/x Bearer t0ken", "POST /p/y Bearer t0ken"]);
});

test("a name and a password do too, and a secret without either is refused", async () => {
  const { get } = foreignHttp({ url: base, credentials: { username: "a", password: "b" } });
  seen.length = 0;
  await get(`${base}/x`);

  expect(seen).toEqual(["GET /p/x Basic YTpi"]);
  expect(() => foreignHttp({ url: base, credentials: { key: "x" } })).toThrow(
    expect.objectContaining({ code: "EXTERNAL_CREDENTIALS_MISSING" }),
  );
});

test("redirections are answers, and silence is told with its reason", async () => {
  const { get } = foreignHttp({ url: base, credentials: {} });
  expect((await get(`${base}/moved`)).status).toBe(302);
  const free = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const url = `http://127.0.0.1:${port}`;
  await expect(foreignHttp({ url, credentials: {} }).get(`${url}/x`)).rejects.toMatchObject({
    code: "EXTERNAL_UNREACHABLE",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});
