import { createServer } from "node:http";
import type { Server } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReportedProblem } from "@orrery/engine";
import { targets, urlOf } from "../world/systems.ts";
import { World, until } from "../world/world.ts";

// A product without a charm: its telemetry.yaml names a person's secret, and nobody else can have that secret shown to himself.

const TOKEN = "declared-token-4711";
const world = new World();
const folder = mkdtempSync(join(tmpdir(), "orrery-declared-"));
const shownTo: Record<string, string[]> = { teapot: [], thief: [] };
const servers: Record<string, Server> = {};
let uri = "";

function portOf(name: string): number {
  const address = servers[name]?.address();
  if (typeof address !== "object" || address === null) throw new Error(`${name} does not listen`);
  return address.port;
}

async function product(name: string): Promise<void> {
  const server = createServer((request, response) => {
    shownTo[name]?.push(request.headers.authorization ?? "nothing");
    const open = request.headers.authorization === `Bearer ${TOKEN}`;
    response.writeHead(open ? 200 : 401, { "content-type": "text/plain" }).end(open ? "teapot_full 1\n" : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers[name] = server;
  const authorization = { kind: "bearer", credentials: { secret: uri, key: "token" } };
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, JSON.stringify({ product: name, metrics: [{ port: portOf(name), authorization }] }));
  await world.run("deploy", path, name, "--config", `targets=127.0.0.1:${portOf(name)}`);
  await world.run("integrate", name, "prometheus:metrics-endpoint");
}

async function healthOf(name: string): Promise<string | undefined> {
  const all = await targets(await urlOf(world, "prometheus/0", "web"));
  return all.find(({ labels }) => labels["juju_application"] === name)?.health;
}

async function problems(): Promise<readonly ReportedProblem[]> {
  return await (await world.client()).problems();
}

beforeAll(async () => {
  await world.run("up");
  await world.run("deploy", "prometheus", "--config", "scrape-interval=1s", "--config", "scrape-timeout=1s");
  writeFileSync(join(folder, "token"), TOKEN);
  uri = (await world.run("add-secret", "teapot-token", `token#file=${join(folder, "token")}`)).trim();
  await product("teapot");
}, 600_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  for (const server of Object.values(servers)) server.close();
  rmSync(folder, { recursive: true });
}, 60_000);

test("a job whose secret nobody granted is left out and told", async () => {
  const found = await until("the problem", async () =>
    (await problems()).find(({ code }) => code === "SCRAPE_SECRET_UNAVAILABLE"),
  );
  expect(found.message).toContain(uri);
  expect(found.remedy).toContain("orrery grant-secret");
  expect(await healthOf("teapot")).toBeUndefined();
}, 300_000);

test("granted to the product and the scraper it is shown to the product", async () => {
  await world.run("grant-secret", "teapot-token", "teapot,prometheus");
  await until("the teapot is up", async () => (await healthOf("teapot")) === "up", 120_000);
  expect(new Set(shownTo["teapot"])).toEqual(new Set([`Bearer ${TOKEN}`]));
  expect((await problems()).map(({ code }) => code)).not.toContain("SCRAPE_SECRET_UNAVAILABLE");
}, 300_000);

test("one who only knows its URI gets nothing, and costs the product nothing", async () => {
  await product("thief");
  await until("the problem", async () =>
    (await problems()).find(
      ({ code, origin }) => code === "SCRAPE_SECRET_UNAVAILABLE" && origin.application === "thief",
    ),
  );
  // Two more rounds of scrapes.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(shownTo["thief"]).toEqual([]);
  expect(await healthOf("teapot")).toBe("up");
}, 120_000);

test("revoked, it is shown no more", async () => {
  await world.run("revoke-secret", "teapot-token", "prometheus");
  await until("no target", async () => (await healthOf("teapot")) === undefined);
  const before = shownTo["teapot"]?.length;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(shownTo["teapot"]).toHaveLength(before ?? 0);
}, 120_000);
