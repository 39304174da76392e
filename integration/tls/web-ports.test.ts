import { afterAll, beforeAll, expect, test } from "vitest";
import { World, until } from "../world/world.ts";

const world = new World();

beforeAll(async () => {
  await world.run("up");
  for (const charm of ["alertmanager", "self-signed-certificates", "webhook-receiver"])
    await world.run("deploy", charm);
  await world.run(
    "deploy",
    "prometheus",
    "--config",
    "scrape-interval=2s",
    "--config",
    "scrape-timeout=2s",
    "--config",
    "evaluation-interval=2s",
  );
  for (const [a, b] of [
    ["prometheus:alertmanager", "alertmanager:alerting"],
    ["alertmanager:self-metrics-endpoint", "prometheus:metrics-endpoint"],
    ["webhook-receiver:remote-configuration", "alertmanager:remote-configuration"],
    ["webhook-receiver:metrics-endpoint", "prometheus:metrics-endpoint"],
    ["orrery:metrics-endpoint", "prometheus:metrics-endpoint"],
  ] as const)
    await world.run("integrate", a, b);
  await verified("everything over http");
}, 300_000);
afterAll(async () => await world[Symbol.asyncDispose](), 60_000);

async function verified(what: string): Promise<void> {
  await until(
    what,
    async () => {
      const ran = await world.try("verify", "--full");
      if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
      return true;
    },
    120_000,
  );
}

/** Where the systems are asked. */
async function asked(): Promise<readonly string[]> {
  return (await (await world.client()).expectations()).flatMap(({ backend }) => backend?.url ?? []);
}

test(
  "Prometheus and Alertmanager serve, are reloaded, watched, scraped and sent alerts over https",
  { timeout: 240_000 },
  async () => {
    for (const application of ["prometheus", "alertmanager"])
      await world.run("integrate", `${application}:certificates`, "self-signed-certificates:certificates");
    await world.run("integrate", "prometheus:receive-ca-cert", "self-signed-certificates:send-ca-cert");
    await until("https asked for", async () => (await asked()).every((url) => url.startsWith("https://")));
    await verified("everything over https");
    const told = await world.run("run", "prometheus/0", "show-targets");

    expect(told).toMatch(/health: up/);
    expect(told).not.toMatch(/health: down/);
  },
);

test("a change is taken in by a reload over https", { timeout: 120_000 }, async () => {
  const before = (await (await world.client()).counters()).reloads;
  await world.run("config", "prometheus", "sample-limit=40000");
  await verified("everything over https again");

  expect((await (await world.client()).counters()).reloads).toBeGreaterThan(before);
});

test("without the authority all is back at http", { timeout: 240_000 }, async () => {
  for (const application of ["prometheus", "alertmanager"])
    await world.run(
      "remove-relation",
      `${application}:certificates`,
      "self-signed-certificates:certificates",
    );
  await until("http asked for", async () => (await asked()).every((url) => url.startsWith("http://")));
  await verified("everything over http again");

  expect(await asked()).toHaveLength(2);
});
