import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ModelStatus } from "@orrery/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { World, until } from "../world/world.ts";
import { statusOf } from "./unit-status.ts";

const CHARM = fileURLToPath(new URL("charms/diary", import.meta.url));
const KILLS = 5;
const UNITS = ["diary/0", "diary/1", "diary/2"];

let world: World;
beforeAll(async () => {
  world = new World();
  await world.run("up");
});
afterAll(async () => await world[Symbol.asyncDispose]());

/** Lines of a unit's diary: hooks that began or ended, in their order. */
function diary(unit: string, what: "begin" | "end"): readonly string[] {
  const path = join(world.home, "units", unit.replace("/", "-"), ".agent/charm/diary.txt");
  const lines = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  return lines
    .filter((line) => line.startsWith(`${what} `))
    .map((line) => line.slice(what.length + 1).trim());
}

async function killEngine(): Promise<void> {
  process.kill(await world.enginePid(), "SIGKILL");
  await until("the engine gone", async () =>
    (await world.try("status")).stderr.includes("ENGINE_NOT_RUNNING"),
  );
}

test("wherever the engine is killed, no event is lost, and none is told again but the one that was under way", async () => {
  await world.run("deploy", CHARM, "diary", "-n", "3");
  for (let kill = 0; kill < KILLS; kill++) {
    await until("a hook under way", async () => diary("diary/0", "begin").length > kill * 2, 30_000);
    await sleep(130 * kill);
    await killEngine();
    await world.run("up");
  }
  await world.run("config", "diary", "pages=7");
  for (const unit of UNITS) {
    const others = UNITS.filter((one) => one !== unit);
    const friends = others.flatMap((one) =>
      ["joined", "changed"].map((event) => `friends-relation-${event} ${one}`),
    );
    const all = [
      "install",
      "friends-relation-created",
      "config-changed 0",
      "start",
      ...friends,
      "config-changed 7",
    ];
    if (unit === "diary/0") all.push("leader-elected");
    await until(
      `${unit} told all`,
      async () => all.every((one) => diary(unit, "end").includes(one)),
      120_000,
    );
    const ended = diary(unit, "end");
    expect([...new Set(ended)].toSorted()).toEqual(all.toSorted());
    // Each kill may have met one hook of a unit that had just ended.
    expect(ended.length - all.length).toBeLessThanOrEqual(KILLS);
  }
  await until("at rest", async () => (await statusOf(world, "diary")).current === "active");
});

test("what hooks kept counts each of them once, however often one of them was run", async () => {
  const status = await world.json<ModelStatus>("status");
  const units = status.applications["diary"]?.units ?? {};
  expect(UNITS.map((unit) => units[unit]?.["workload-status"].message)).toEqual(
    UNITS.map((unit) => `${new Set(diary(unit, "end")).size} hooks`),
  );
});
