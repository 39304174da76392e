import { afterAll, beforeAll, expect, test } from "vitest";
import { demoWorld } from "../world/demo-world.ts";
import type { DemoWorld } from "../world/demo-world.ts";
import { instant, urlOf } from "../world/systems.ts";
import { processesBelow, until } from "../world/world.ts";

let demo: DemoWorld;
let prometheus: string;
beforeAll(async () => {
  demo = await demoWorld();
  prometheus = await urlOf(demo.world, "prometheus/0", "web");
}, 600_000);
afterAll(async () => {
  await demo[Symbol.asyncDispose]();
}, 60_000);

/** The process ids of a program that runs for this world. */
function pidsOf(program: string): readonly number[] {
  return processesBelow(demo.world.home)
    .filter(({ command }) => command[0]?.endsWith(`/${program}`))
    .map(({ pid }) => pid);
}

test("monitoring goes on when the engine is killed, and the next engine adopts it without writing anything", async () => {
  const [before] = pidsOf("prometheus");
  const files = demo.world.digests("units");
  const gone = new Promise((resolve) => demo.process.once("exit", resolve));
  process.kill(await demo.world.enginePid(), "SIGKILL");
  await gone;
  expect((await demo.world.try("status")).stderr).toContain("ENGINE_NOT_RUNNING");
  await until(
    "samples that go on",
    async () =>
      (await instant(prometheus, 'time() - max(timestamp(up{juju_application="storefront"})) < 8')) !==
      undefined,
  );

  await demo.world.run("up");
  await until("everything verified again", async () => (await demo.world.try("verify")).code === 0, 60_000);
  expect(pidsOf("prometheus")).toEqual([before]);
  const after = demo.world.digests("units");
  const changed = Object.keys(files).filter((path) => isGenerated(path) && files[path] !== after[path]);
  expect(changed).toEqual([]);
  const counters = await (await demo.world.client()).counters();
  expect(counters).toMatchObject({ filesWritten: 0, reloads: 0, restarts: 0 });
}, 200_000);

test("a killed Prometheus is back with its data, and the restart is noticed", async () => {
  const oldest = await instant(prometheus, "prometheus_tsdb_lowest_timestamp_seconds");
  const [before] = pidsOf("prometheus");
  expect(before).toBeDefined();
  process.kill(before ?? 0, "SIGKILL");
  await until("another process", async () => pidsOf("prometheus").some((pid) => pid !== before), 30_000);
  await until(
    "the old data",
    async () => (await instant(prometheus, "prometheus_tsdb_lowest_timestamp_seconds")) === oldest,
    60_000,
  );
  await until(
    "the restart in the log",
    async () =>
      /prometheus\/0.*(restart|ended|killed)/i.test(
        await demo.world.run("debug-log", "--replay", "--limit", "500"),
      ),
    30_000,
  );
}, 150_000);

/** Files that the engine makes; what workloads write by themselves (data, logs, supervision) is not among them. */
function isGenerated(path: string): boolean {
  return /(^|\/)(generations|live|current)\//.test(path);
}
