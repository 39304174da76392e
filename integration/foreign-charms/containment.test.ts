import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModelStatus, ReportedProblem } from "@orrery/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { targets, urlOf } from "../world/systems.ts";
import { World, processesBelow, until } from "../world/world.ts";
import { statusOf } from "./unit-status.ts";

const CHARM = fileURLToPath(new URL("charms/hostile", import.meta.url));
const GENERATED = "units/prometheus-0/prometheus/current";
const DEADLINE = "6s";

let world: World;
let prometheus: string;
beforeAll(async () => {
  world = new World();
  await world.run("up", "--hook-deadline", DEADLINE);
  for (const charm of ["prometheus", "storefront", CHARM]) await world.run("deploy", charm);
  for (const application of ["storefront", "hostile"])
    await world.run("integrate", application, "prometheus");
  await until(
    "all settled",
    async () => {
      const all = await Promise.all(
        ["prometheus", "storefront", "hostile"].map(async (one) => await statusOf(world, one)),
      );
      return all.every(({ current }) => current === "active");
    },
    600_000,
  );
  prometheus = await urlOf(world, "prometheus/0", "web");
  await until("both targets", async () => (await targets(prometheus)).length === 3);
});
afterAll(async () => await world[Symbol.asyncDispose]());

async function problems(): Promise<readonly ReportedProblem[]> {
  return await (await world.client()).problems();
}

async function good(): Promise<void> {
  await world.run("config", "hostile", "mode=good");
  await until("good again", async () => (await statusOf(world, "hostile")).message === "did: good", 90_000);
}

/** Everybody's files but those that are made for the hostile charm's relation. */
async function othersFiles(): Promise<Readonly<Record<string, string>>> {
  const { relations = [] } = await world.json<ModelStatus>("status", "--relations");
  const id = relations.find(({ endpoints }) => endpoints.some((one) => one.startsWith("hostile:")))?.id;
  const all = Object.entries(world.digests(GENERATED));
  const own = all.filter(([path]) => path.includes(`metrics-endpoint-${id}`));
  expect(own.length).toBeGreaterThan(0);
  return Object.fromEntries(
    all.filter(([path]) => !path.includes(`metrics-endpoint-${id}`) && path !== "prometheus.yml"),
  );
}

/** Has the storefront change, and fails unless it has settled within a few seconds, whatever the hostile charm is at. */
async function othersSettle(): Promise<void> {
  for (const fault of ["latency", "none"]) {
    const begun = Date.now();
    await world.run("config", "storefront", `fault=${fault}`);
    await until(
      `the storefront at fault=${fault}`,
      async () =>
        (await statusOf(world, "storefront")).message === (fault === "none" ? "" : `fault: ${fault}`),
      15_000,
    );
    expect(Date.now() - begun).toBeLessThan(15_000);
  }
}

test.for([
  { mode: "hangs", code: "HOOK_TIMEOUT" },
  { mode: "multiplies", code: "HOOK_LIMIT" },
])(
  "a hook that $mode is ended with all that it started; its unit alone is in error, and others settle meanwhile",
  async ({ mode, code }) => {
    await good();
    const before = await othersFiles();
    await world.run("config", "hostile", `mode=${mode}`);
    await othersSettle();
    const unit = await until("the unit in error", async () => {
      const now = await statusOf(world, "hostile");
      return now.current === "error" ? now : undefined;
    });

    expect(unit.message).toContain(`${code}: hook failed: "config-changed"`);
    expect(await othersFiles()).toEqual(before);
    await good();
    await until("nothing of it left", async () => {
      const left = processesBelow(join(world.home, "units/hostile-0"));
      return left.every(({ command }) => !command.includes("sleep"));
    });
  },
);

test("a hook that floods is slowed down and its flood kept to a part, which is told; others settle meanwhile", async () => {
  await good();
  await world.run("config", "hostile", "mode=floods");
  await othersSettle();
  await until(
    "told",
    async () => {
      const log = await world.run("debug-log", "--replay", "--include", "hostile/0", "--level", "WARNING");
      return /config-changed: it (wrote \d+ lines|called hook tools faster)/u.test(log);
    },
    120_000,
  );
  const log = await world.run("debug-log", "--replay", "--include", "hostile/0", "--level", "DEBUG");

  expect(log.split("\n").filter((line) => line.includes("nobody wants to read")).length).toBeLessThanOrEqual(
    1000,
  );
  expect(await world.run("debug-log", "--replay", "--include", "storefront")).not.toBe("");
});

test("a hook that writes into its peer's bag, or answers junk, is refused at the tool, and no byte of others changes", async () => {
  await good();
  const before = await othersFiles();
  const bags = await world.run("show-unit", "prometheus/0");
  await world.run("config", "hostile", "mode=writes-into-its-peers-bag");
  await until("it tried", async () => (await statusOf(world, "hostile")).message.includes("peers-bag"));
  const log = await world.run("debug-log", "--replay", "--include", "hostile/0", "--level", "WARNING");

  expect(log).toContain('ERROR expected "key=value", got "prometheus/0"');
  expect(log).toContain('ERROR invalid value "999" for option -r: relation not found');
  expect(await world.run("show-unit", "prometheus/0")).not.toContain("hijacked: yes");
  // Which unit it is, its context says, not its environment: what it wrote went into its own bag.
  const own = (await world.run("show-unit", "hostile/0")).split("related-units:")[0] ?? "";
  expect(own).toContain("hijacked: mine");
  expect(bags).not.toContain("hijacked");

  await world.run("config", "hostile", "mode=answers-junk");
  await until("it answered", async () =>
    (await statusOf(world, "hostile")).message.startsWith("did: answers-junk"),
  );
  const found = await until("the junk reported", async () =>
    (await problems()).find(
      ({ code, origin }) => code.startsWith("DATABAG_") && origin.application === "hostile",
    ),
  );
  expect(found.remedy).not.toBe("");
  expect(await othersFiles()).toEqual(before);
  expect(await world.run("debug-log", "--replay", "--include", "hostile/0", "--level", "WARNING")).toMatch(
    /cannot unmarshal|standard input holds more than|invalid status "error"/u,
  );
});

test("credentials and certificates that a job holds in clear go to files of ours that only the owner reads, and are reported", async () => {
  await good();
  await world.run("config", "hostile", "mode=sends-secrets");
  const found = await until("reported", async () =>
    (await problems()).find(({ code }) => code === "SCRAPE_INLINE_SECRET"),
  );
  expect(found.message).not.toContain("hunter2");
  const holder = await until("written", async () => {
    const all = readdirSync(join(world.home, GENERATED), { recursive: true, encoding: "utf8" });
    return all.find((path) => {
      const full = join(world.home, GENERATED, path);
      return statSync(full).isFile() && readFileSync(full, "utf8") === "hunter2-in-clear";
    });
  });

  expect(statSync(join(world.home, GENERATED, holder)).mode & 0o777).toBe(0o600);
  const main = readFileSync(join(world.home, GENERATED, "prometheus.yml"), "utf8");
  expect(main).toContain(holder);
  expect(main).not.toContain("hunter2");
  expect(main).not.toContain("BEGIN CERTIFICATE");
});

test("a job whose certificate is none is left out alone: whoever comes after it is scraped", async () => {
  await good();
  await world.run("config", "hostile", "mode=sends-no-certificate");
  const found = await until("reported", async () =>
    (await problems()).find(({ code }) => code === "SCRAPE_JOB_REFUSED"),
  );
  expect(found.origin.application).toBe("hostile");
  await world.run("integrate", "orrery", "prometheus");
  await until("the engine among the targets", async () =>
    (await targets(prometheus)).some(({ labels }) => labels["juju_application"] === "orrery"),
  );
});

test("when all of this is over, the hostile charm is removed and leaves nothing", async () => {
  await world.run("remove-application", "hostile");
  await until("gone", async () => !(await world.run("status")).includes("hostile"));
  expect(processesBelow(join(world.home, "units/hostile-0"))).toEqual([]);
  expect(readdirSync(join(world.home, "units"))).not.toContain("hostile-0");
});
