import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { instant, targets, urlOf } from "../world/systems.ts";
import { World, until } from "../world/world.ts";

const world = new World();
let prometheus = "";
let shop = "";

/** What the shop accepts, the one that is given out first. */
function accepted(unit: number = 0): readonly string[] {
  return readFileSync(join(world.home, `units/storefront-${unit}/shop/live/metrics-tokens`), "utf8")
    .split("\n")
    .filter(Boolean);
}

/** What Prometheus shows: the one file that lies for the shop. */
function shown(): string {
  const root = join(world.home, "units/prometheus-0/prometheus/live/secrets");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile());
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new Error(`${files.length} files of secrets`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  return readFileSync(file, "utf8");
}

async function answer(token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(`${shop}/metrics`, { headers })).status;
}

async function isUp(): Promise<boolean> {
  const found = (await targets(prometheus)).filter(
    ({ labels }) => labels["juju_application"] === "storefront",
  );
  return found.length === 2 && found.every(({ health }) => health === "up");
}

beforeAll(async () => {
  await world.run("up");
  await world.run("deploy", "prometheus", "--config", "scrape-interval=1s", "--config", "scrape-timeout=1s");
  await world.run("deploy", "storefront", "-n", "2", "--config", "metrics-auth=bearer");
  await world.run("integrate", "storefront", "prometheus");
  prometheus = await until("Prometheus's address", async () => {
    const url = await urlOf(world, "prometheus/0", "web");
    return url.includes("undefined") ? undefined : url;
  });
  await until("both shops scraped with their token", isUp, 300_000);
  shop = await urlOf(world, "storefront/0", "http");
}, 600_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
}, 60_000);

test("none but those who show the token may read the metrics", async () => {
  const [token = "", ...others] = accepted();
  expect([others, accepted(1), shown()]).toEqual([[], [token], token]);
  expect([await answer(token), await answer(), await answer("guessed")]).toEqual([200, 401, 401]);
});

test("a rotated token is followed without a failed scrape, and the old one is refused then", async () => {
  const [old = ""] = accepted();
  const begun = Date.now();
  await world.run("run", "storefront/0", "rotate-metrics-token");

  await until("both shops accept both", async () => accepted().length === 2 && accepted(1).length === 2);
  expect(shown()).toBe(old);
  await until("Prometheus shows the new one", async () => shown() !== old, 60_000);
  const token = shown();
  expect([await answer(old), await answer(token)]).toEqual([200, 200]);
  await until(
    "the shops accept the new one alone",
    async () => accepted().join() === token && accepted(1).join() === token,
    120_000,
  );
  expect([await answer(old), await answer(token)]).toEqual([401, 200]);

  // Two more scrapes with the new token alone.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const seconds = Math.ceil((Date.now() - begun) / 1000);
  const up = `up{juju_application="storefront"}[${seconds}s]`;
  expect(await instant(prometheus, `sum(count_over_time(${up}))`)).toBeGreaterThan(seconds);
  expect(await instant(prometheus, `min(min_over_time(${up}))`)).toBe(1);
}, 300_000);

test("show-targets tells that both are up, and why not where one is not", async () => {
  const shown = await world.json<Record<string, { results: { targets: readonly Record<string, string>[] } }>>(
    "run",
    "prometheus/0",
    "show-targets",
    "application=storefront",
  );

  expect(shown["prometheus/0"]?.results.targets).toMatchObject([
    { unit: "storefront/0", health: "up", scraped: expect.stringMatching(/^\d+\.\d s ago$/) },
    { unit: "storefront/1", health: "up" },
  ]);
});

test("metrics that are opened again are scraped without a token", async () => {
  await world.run("config", "storefront", "metrics-auth=none");
  await until("the shop is open", async () => (await answer()) === 200);
  await until("nothing of the token is left", async () =>
    (await world.run("secrets")).includes("no secrets"),
  );
  await until("both still up", isUp);
  expect(readdirSync(join(world.home, "units/prometheus-0/prometheus/live/secrets"))).toEqual([]);
}, 120_000);
