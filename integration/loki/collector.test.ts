import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { targets, urlOf } from "../world/systems.ts";
import { getJson, processesBelow, until, World } from "../world/world.ts";

/** Long enough for two cold Go builds on a small machine, in milliseconds. */
const COLD_MS = 1_800_000;

const LUMBERJACK = join(fileURLToPath(new URL(".", import.meta.url)), "lumberjack");

/** One stream as Loki gives it, its lines newest last. */
interface Stream {
  readonly labels: Readonly<Record<string, string>>;
  readonly lines: readonly { readonly at: number; readonly line: string }[];
}

const world = new World();
let loki: string;
beforeAll(async () => {
  await world.run("up");
  const quick = ["scrape-interval=1s", "scrape-timeout=1s", "evaluation-interval=1s"];
  await world.run("deploy", "prometheus", ...quick.flatMap((option) => ["--config", option]));
  await world.run("deploy", "loki");
  await world.run("deploy", LUMBERJACK);
  await world.run("deploy", "opentelemetry-collector", "--config", `unit-logs=${join(world.home, "units")}`);
  await world.run("integrate", "lumberjack", "loki");
  await world.run("integrate", "orrery", "prometheus");
  await world.run("integrate", "loki", "prometheus");
  await world.run("integrate", "opentelemetry-collector", "prometheus");
  await world.run("integrate", "opentelemetry-collector", "loki");
  loki = await until("where Loki is", async () => await urlOf(world, "loki/0", "http"));
}, COLD_MS);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** What Loki answers to a stream selector. */
async function streams(selector: string): Promise<readonly Stream[]> {
  const query = `query=${encodeURIComponent(selector)}&limit=5000&direction=forward`;
  const answer = await getJson<{
    data: {
      result: readonly {
        stream: Readonly<Record<string, string>>;
        values: readonly (readonly [string, string])[];
      }[];
    };
  }>(`${loki}/loki/api/v1/query_range?${query}`);
  return answer.data.result.map(({ stream, values }) => ({
    labels: stream,
    lines: values.map(([at, line]) => ({ at: Number(at) / 1e6, line })),
  }));
}

/** The numbers of the trees of which the lumberjack has printed that they have fallen. */
async function trees(): Promise<readonly number[]> {
  const printed = await streams('{juju_application="lumberjack", pebble_service="push"}');
  const numbers = printed.flatMap(({ lines }) =>
    lines.map(({ line }) => Number(/^tree (\d+) /.exec(line)?.[1])),
  );
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** Kills a program, which may just be starting again. */
async function kill(program: string): Promise<void> {
  const pids = await until(`${program} running`, async () => {
    const found = processesBelow(world.home).filter(({ command }) => command[0]?.endsWith(`/${program}`));
    return found.length > 0 && found.map(({ pid }) => pid);
  });
  for (const pid of pids) process.kill(pid, "SIGKILL");
}

test("a Collector that is related reads what units print and sends it, and all of it is verified", async () => {
  await world.run("verify", "--wait", "120");

  const prometheus = await urlOf(world, "prometheus/0", "web");
  expect(
    (await targets(prometheus)).find((one) => one.labels["juju_application"] === "opentelemetry-collector"),
  ).toMatchObject({ health: "up" });
  expect(await world.run("status", "opentelemetry-collector")).toContain("sends to 1 Loki");
}, 200_000);

test("a printed line bears the identity of whose log it is in and the time at which it was printed, whatever it claims", async () => {
  const [model] = new Set(
    (await streams('{juju_application="lumberjack", juju_charm="lumberjack"}')).map(
      ({ labels }) => labels["juju_model_uuid"],
    ),
  );
  const [printed] = await until("a printed line", async () => {
    const found = await streams('{juju_application="lumberjack", pebble_service="push"}');
    return found.length > 0 && found;
  });

  expect(printed?.labels).toMatchObject({
    juju_application: "lumberjack",
    juju_unit: "lumberjack/0",
    juju_model_uuid: model,
    pebble_service: "push",
  });
  expect(printed?.lines[0]?.line).toMatch(/^tree \d+ has fallen \{"juju_application":"storefront"\}$/);
  expect(Math.abs(Date.now() - (printed?.lines[0]?.at ?? 0))).toBeLessThan(300_000);
  expect(await streams('{juju_application="storefront"}')).toEqual([]);
});

test("other units' logs come along, the Collector's own among them", async () => {
  const units = await until("logs of Loki and of the Collector", async () => {
    const all = await streams('{juju_application=~"loki|opentelemetry-collector"}');
    const found = new Set(all.map(({ labels }) => labels["juju_unit"]));
    return found.size === 2 && found;
  });

  expect(units).toEqual(new Set(["loki/0", "opentelemetry-collector/0"]));
});

test("no line is lost when Loki and the Collector are killed while lines are written", async () => {
  const before = (await trees()).at(-1) ?? 0;
  await kill("loki");
  await until("more trees", async () => ((await trees()).at(-1) ?? 0) > before + 4);
  await kill("otelcol");
  await until("the Collector again", async () => ((await trees()).at(-1) ?? 0) > before + 10);
  await kill("otelcol");
  await kill("loki");
  await until("still more trees", async () => ((await trees()).at(-1) ?? 0) > before + 20, 90_000);

  // What was being sent is tried again after some seconds, while newer lines go their way.
  const last = (await trees()).at(-1) ?? 0;
  const lost = await until("every tree", async () => {
    const there = new Set(await trees());
    const missing = Array.from({ length: last }, (_, at) => at + 1).filter((number) => !there.has(number));
    if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);
    return missing;
  });
  expect(lost).toEqual([]);
  // It says so in its log, which it reads, and which must not give it more to say.
  const log = join(world.home, "units/opentelemetry-collector-0/otelcol/logs/otelcol/current");
  expect(readFileSync(log, "utf8")).toContain("Exporting failed");
  const own = await streams('{juju_application="opentelemetry-collector"} |= "Exporting failed"');
  expect(own).toEqual([]);
}, 180_000);
