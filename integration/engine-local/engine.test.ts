import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ModelStatus } from "@orrery/engine";
import { connectEngine, runEngine, spawnEngine, stopEngine } from "@orrery/engine-local";
import type { EngineClient } from "@orrery/engine-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeToyCharm } from "./toy-charm.ts";

const root = mkdtempSync(join(tmpdir(), "orrery-engine-"));
const home = join(root, "home");
const own = join(root, "charms");
const foreign = writeToyCharm(join(root, "stranger"), "stranger");
writeToyCharm(join(own, "test", "toy"), "toy");
const settings = { home, charms: [own] };
let engine: EngineClient;

beforeAll(async () => {
  process.env["ORRERY_TEST_SECRET"] = "not for charms";
  engine = await spawnEngine(settings);
  await engine.command({ command: "deploy", charm: "toy", units: 2 });
  await until(
    "two units",
    (status) => unit(status, "toy/1") === "active: mode well" && running("sleep").length === 2,
  );
});

afterAll(async () => {
  await stopEngine({ home });
  rmSync(root, { recursive: true, force: true });
});

function unit(status: ModelStatus, name: string): string {
  const { current, message = "" } = status.applications[name.split("/")[0] ?? ""]?.units[name]?.[
    "workload-status"
  ] ?? {
    current: "absent",
  };
  return `${current}: ${message}`;
}

async function until(
  what: string,
  holds: (status: ModelStatus) => boolean,
  withinMs: number = 30_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  let status = await engine.status();
  while (!holds(status)) {
    if (Date.now() > end)
      throw new Error(`not seen: ${what}; ${JSON.stringify(status.applications, undefined, 1)}`);
    await sleep(200);
    status = await engine.status().catch(() => status);
  }
}

/** Asks as `orrery status` does until the engine is held up; each answer must come soon all the same. */
async function untilBusy(): Promise<ModelStatus> {
  for (;;) {
    const begun = performance.now();
    const status = await engine.status({ orLast: true });
    expect(performance.now() - begun).toBeLessThan(6000);
    if (status.model["model-status"].current === "busy") return status;
    await sleep(100);
  }
}

/** Processes of this data folder that live, by their first argument's last part. */
function running(program: string = ""): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const environ = readFileSync(`/proc/${pid}/environ`, "utf8");
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      const ours = environ.includes(`ORRERY_SERVICE=${root}`) || command.some((word) => word.includes(root));
      const name = command[0]?.split("/").at(-1) ?? "";
      return ours && Number(pid) !== process.pid && name.startsWith(program) ? [`${name} ${pid}`] : [];
    } catch {
      return [];
    }
  });
}

test("a second engine on the folder is refused and told who has it", async () => {
  const { pid } = await engine.ping();

  await expect(runEngine(settings)).rejects.toMatchObject({
    code: "ENGINE_RUNNING",
    message: expect.stringContaining(`pid ${pid}`),
  });
  await expect(spawnEngine(settings)).rejects.toMatchObject({ code: "ENGINE_RUNNING" });
});

test("an engine that is killed leaves its workloads running, and the next one adopts them without writing", async () => {
  const before = running("sleep");
  const { pid } = await engine.ping();
  process.kill(pid, "SIGKILL");
  await sleep(300);
  await expect(connectEngine({ home })).rejects.toMatchObject({ code: "ENGINE_NOT_RUNNING" });

  expect(running("sleep")).toEqual(before);
  engine = await spawnEngine(settings);
  await until("the units again", (status) => unit(status, "toy/1") === "active: mode well");
  await sleep(3000);
  expect(running("sleep")).toEqual(before);
  expect(await engine.counters()).toMatchObject({
    filesWritten: 0,
    filesRemoved: 0,
    reloads: 0,
    restarts: 0,
  });
});

test("a charm of others runs in a process of its own, with its own small world", async () => {
  await engine.command({ command: "deploy", charm: foreign });
  await until("the stranger", (status) => unit(status, "stranger/0") === "active: mode well");
  const { details } = await engine.command({ command: "run", unit: "stranger/0", action: "whoami" });
  const { pid } = await engine.ping();

  expect(details["results"]).toMatchObject({ mode: "well", secret: "none" });
  expect(details["results"]).not.toMatchObject({ pid });
  const lines = [];
  for await (const { message } of engine.log({ entity: "stranger/0" })) lines.push(message);
  expect(lines).toContain("charm: mode is well");
});

async function rotate(material: string): Promise<void> {
  await engine.command({ command: "run", unit: "stranger/0", action: "rotate", params: { material } });
}

async function whoami(): Promise<unknown> {
  const { details } = await engine.command({ command: "run", unit: "stranger/0", action: "whoami" });
  return details["results"];
}

test("an action of a charm in another process rotates a material, and is told of one that there is not", async () => {
  expect(await whoami()).toMatchObject({ rotated: false });

  await expect(rotate("admim")).rejects.toMatchObject({
    code: "MATERIAL_UNKNOWN",
    message: expect.stringContaining("did you mean admin?"),
  });
  await rotate("admin");
  await expect.poll(whoami, { timeout: 10_000 }).toMatchObject({ rotated: true });
});

test.for([
  { mode: "loop", code: "RECONCILE_TIMEOUT" },
  { mode: "exit", code: "RECONCILE_FAILED" },
  { mode: "junk", code: "OUTCOME_INVALID" },
  { mode: "throw", code: "RECONCILE_FAILED" },
])(
  "a stranger's reconcile that does $mode is in error alone, and well again when it is mended",
  async ({ mode, code }) => {
    const files = readFileSync(join(home, "units/stranger-0/toy/current/mode.txt"), "utf8");
    await engine.command({ command: "config", application: "stranger", set: { mode } });
    await until(`the error of ${mode}`, (status) => unit(status, "stranger/0").includes(code));

    expect(readFileSync(join(home, "units/stranger-0/toy/current/mode.txt"), "utf8")).toBe(files);
    await engine.command({ command: "config", application: "toy", set: { mode: `beside-${mode}` } });
    await until("the others", (status) => unit(status, "toy/0") === `active: mode beside-${mode}`);
    await engine.command({ command: "config", application: "stranger", set: { mode: "well" } });
    await until("its recovery", (status) => unit(status, "stranger/0") === "active: mode well", 60_000);
  },
);

test("a charm of this engine's own process that never comes back does not stop the others", async () => {
  await engine.command({ command: "deploy", charm: "toy", application: "looping", config: { mode: "loop" } });
  const heldUp = await untilBusy();
  expect(heldUp.model["model-status"].message).toMatch(
    /reconcile of looping\/0 has run for \d+ s; so it was at 20/,
  );
  expect(unit(heldUp, "toy/0")).toContain("active");
  await until("its error", (status) => unit(status, "looping/0").includes("RECONCILE_TIMEOUT"), 60_000);
  expect((await engine.status({ orLast: true })).model["model-status"].current).toBe("available");
  await engine.command({ command: "config", application: "toy", set: { mode: "still-here" } });
  await until("the others", (status) => unit(status, "toy/0") === "active: mode still-here");

  await engine.command({ command: "config", application: "looping", set: { mode: "well" } });
  await until("its recovery", (status) => unit(status, "looping/0") === "active: mode well", 60_000);
  await engine.command({ command: "remove-application", application: "looping" });
  await until("its removal", (status) => status.applications["looping"] === undefined);
  expect(Object.keys((await engine.status()).applications)).not.toContain("looping");
});

test("a telemetry.yaml alone is a charm, whose operator grants what is scraped", async () => {
  const path = join(root, "telemetry.yaml");
  writeFileSync(path, "product: legacy\nowner: old-team\nmetrics:\n  - port: 9100\n");
  await engine.command({ command: "deploy", charm: path, config: { targets: "127.0.0.1:9100" } });
  await until("the application", (status) => unit(status, "legacy/0") === "active: 1 target");
  writeFileSync(path, "product: legacy\nmetrics:\n  - prot: 9100\n");

  await expect(
    engine.command({ command: "deploy", charm: path, application: "broken" }),
  ).rejects.toMatchObject({
    code: "CHARM_INVALID",
    message: expect.stringContaining("prot"),
  });
});

test("unknown charms and requests are refused with what would do", async () => {
  await expect(engine.command({ command: "deploy", charm: "toi" })).rejects.toMatchObject({
    code: "CHARM_NOT_FOUND",
    remedy: expect.stringContaining("toy"),
  });
  await expect(engine.unit("nobody/0")).rejects.toMatchObject({ code: "UNIT_UNKNOWN" });
});

test("tells who follows what changes and what is logged, until they have heard enough", async () => {
  const enough = new AbortController();
  const heard: string[] = [];
  const listening = (async () => {
    for await (const event of engine.changes(enough.signal)) heard.push(event.type);
  })();
  const logged: string[] = [];
  const following = (async () => {
    for await (const { message } of engine.log({ follow: true, signal: enough.signal, entity: "toy/0" }))
      logged.push(message);
  })();
  await sleep(300);
  await engine.command({ command: "config", application: "toy", set: { mode: "heard" } });
  await until("the change", (status) => unit(status, "toy/0") === "active: mode heard");
  await sleep(500);
  enough.abort();
  await Promise.all([listening, following]);

  expect(heard.length).toBeGreaterThan(1);
  expect(logged.join("\n")).toContain("mode heard");
});

test("going down leaves no process, and the next engine brings back what was there", async () => {
  await engine.stop();
  expect(running()).toEqual([]);

  engine = await spawnEngine(settings);
  await until("the units again", (status) => unit(status, "toy/1") === "active: mode heard");
  await until("their services", () => running("sleep").length === 3);
  expect(await engine.counters()).toMatchObject({ filesWritten: 0, reloads: 0 });
});
