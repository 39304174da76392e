import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { targets, urlOf } from "../world/systems.ts";
import { getJson, until, World } from "../world/world.ts";

/** Long enough for a cold Go build on a small machine, in milliseconds. */
const COLD_MS = 900_000;

const LUMBERJACK = join(fileURLToPath(new URL(".", import.meta.url)), "lumberjack");

interface Report {
  readonly verdict: string;
  readonly applications: readonly {
    readonly application: string;
    readonly signals: readonly {
      readonly signal: string;
      readonly items: readonly {
        readonly title: string;
        readonly state: string;
        readonly evidence: string;
      }[];
    }[];
  }[];
}

const world = new World();
beforeAll(async () => {
  await world.run("up");
  const quick = ["scrape-interval=1s", "scrape-timeout=1s", "evaluation-interval=1s"];
  await world.run("deploy", "prometheus", ...quick.flatMap((option) => ["--config", option]));
  await world.run("deploy", "loki");
  await world.run("integrate", "loki", "prometheus");
  await world.run("integrate", "orrery", "prometheus");
}, COLD_MS);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

async function logsOf(application: string): Promise<readonly string[]> {
  const ran = await world.try("verify", "--format", "json");
  const report: Report = JSON.parse(ran.stdout);
  return report.applications
    .filter((one) => one.application === application)
    .flatMap(({ signals }) => signals.filter(({ signal }) => signal === "logs"))
    .flatMap(({ items }) => items.map(({ title, state, evidence }) => `${title} ${state}: ${evidence}`));
}

test("a Loki that is deployed and related is scraped, watched over and verified", async () => {
  await world.run("verify", "--wait", "120");

  const prometheus = await urlOf(world, "prometheus/0", "web");
  const scraped = (await targets(prometheus)).find((one) => one.labels["juju_application"] === "loki");
  expect(scraped).toMatchObject({ health: "up", labels: { juju_unit: "loki/0" } });
  expect(await logsOf("loki")).toMatchObject([expect.stringMatching(/^ready loki live: ready, \d+ lines/)]);
}, 200_000);

test("an application that is related pushes its lines where the relation says, and they are read back", async () => {
  await world.run("deploy", LUMBERJACK);
  await world.run("integrate", "lumberjack", "loki");
  await world.run("verify", "--wait", "60");

  expect(await logsOf("lumberjack")).toMatchObject([
    expect.stringMatching(/^stream lumberjack live: \d+ lines? in 5 min, the last \d+\.\d s ago$/),
  ]);
  expect(await world.run("status", "loki")).toContain("1 sender");
}, 120_000);

test("a change of an option restarts Loki, and loses no line that it had taken", async () => {
  const url = await urlOf(world, "loki/0", "http");
  const before = await lines(url);
  await world.run("config", "loki", "retention-period=7");
  await until("the changed retention", async () => {
    const answer = await fetch(`${url}/config`);
    return answer.ok && (await answer.text()).includes("\n  retention_period: 1w\n");
  });
  await world.run("verify", "--wait", "60");

  const after = await lines(url);
  expect(before.length).toBeGreaterThan(0);
  expect(after).toEqual(expect.arrayContaining([...before]));
}, 120_000);

test("without the relation its lines are no longer expected, and those that were stored stay", async () => {
  const url = await urlOf(world, "loki/0", "http");
  await world.run("remove-relation", "lumberjack", "loki");
  await until("nothing expected of it", async () => (await logsOf("lumberjack")).length === 0);

  expect((await lines(url)).length).toBeGreaterThan(0);
  await until("it waits", async () => (await world.run("status", "lumberjack")).includes("waiting"));
}, 120_000);

/** What the lumberjack has written, by what Loki answers. */
async function lines(url: string): Promise<readonly string[]> {
  const query = encodeURIComponent('{juju_application="lumberjack"}');
  const answer = await getJson<{ data: { result: readonly { values: readonly (readonly string[])[] }[] } }>(
    `${url}/loki/api/v1/query_range?query=${query}&limit=1000`,
  );
  return answer.data.result.flatMap(({ values }) => values.map(([, line = ""]) => line));
}
