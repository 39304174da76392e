import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerOutcome } from "@orrery/charm";
import {
  LocalSubstrate,
  httpRequest,
  loadBackend,
  openHome,
  probePort,
  runCommand,
  workloadEnvironment,
} from "@orrery/engine-local";
import { defaultCacheFolder, provision } from "@orrery/provision";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = mkdtempSync(join(tmpdir(), "orrery-substrate-"));
const home = openHome(join(root, "home"));
const charm = join(root, "charm");
const opened: LocalSubstrate[] = [];

function open(): LocalSubstrate {
  const options = { cacheFolder: defaultCacheFolder(process.env) };
  const substrate = new LocalSubstrate({
    home,
    environment: workloadEnvironment(process.env),
    runit: async () => {
      const binaries = (await provision(["runit"], options))["runit"]?.binaries ?? {};
      const { runsvdir = "", chpst = "", svlogd = "" } = binaries;
      return { runsvdir, chpst, svlogd };
    },
    programs: async (_unit, names) => await provision(names, options),
    backend: loadBackend,
    request: httpRequest,
    run: runCommand,
    probe: probePort,
    mask: (text) => text,
    now: Date.now,
  });
  opened.push(substrate);
  return substrate;
}

const shell = (script: string): ContainerOutcome => ({
  services: { main: { command: ["/bin/sh", "-c", script] } },
});

const coloured = (colour: string): ContainerOutcome => ({
  services: {
    main: {
      command: ["/bin/sh", "-c", 'echo "colour $COLOUR"; exec sleep 1000'],
      environment: { COLOUR: colour },
    },
  },
});

async function until<Value>(look: () => Promise<Value>, holds: (value: Value) => boolean): Promise<Value> {
  const end = Date.now() + 15_000;
  for (;;) {
    const value = await look();
    if (holds(value) || Date.now() > end) return value;
    await sleep(100);
  }
}

/** Command lines of all that was started for this data folder and lives. */
function running(): string[] {
  return processes("").filter((command) => !command.includes("vitest"));
}

function processes(like: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      const environ = readFileSync(`/proc/${pid}/environ`, "utf8");
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const ours = environ.includes(`ORRERY_SERVICE=${root}`) || command.includes(root);
      return command && ours && command.includes(like) ? [command] : [];
    } catch {
      return [];
    }
  });
}

beforeAll(() => {
  mkdirSync(join(charm, "workload"), { recursive: true });
  writeFileSync(join(charm, "workload", "greeting.txt"), "hello\n");
});

afterAll(async () => {
  const substrate = open();
  await (await substrate.supervisor()).down();
  for (const one of opened) await one.close();
  rmSync(root, { recursive: true, force: true });
});

const plan = (unit: string) => ({
  unit,
  application: unit.split("/")[0] ?? "",
  charm: "toy",
  folder: charm,
  ports: { http: { prefer: 28_300 } },
  containers: { toy: { program: "sh" } },
});

test("runs a service in the charm's workload folder, keeps its log, and adopts it without writing", async () => {
  const first = open();
  await first.place(plan("toy/0"));
  const outcome = shell("cat greeting.txt; exec sleep 1000");
  const { toy } = await first.apply("toy/0", { toy: outcome });
  expect(toy?.counters.filesWritten).toBeGreaterThan(0);
  const seen = await until(
    async () => (await first.observe("toy/0"))["toy"]?.services["main"],
    (view) => view?.status === "running",
  );
  expect(seen).toEqual({ status: "running", restarts: 0 });
  expect(readFileSync(join(first.logFolder("toy/0", "toy", "main"), "current"), "utf8")).toContain("hello");

  const second = open();
  const again = await second.apply("toy/0", { toy: outcome });
  expect(again["toy"]?.counters).toEqual({
    filesWritten: 0,
    bytesWritten: 0,
    filesRemoved: 0,
    filesChecked: 0,
    reloads: 0,
    restarts: 0,
  });
  expect((await second.observe("toy/0"))["toy"]?.services["main"]?.status).toBe("running");
});

test("restarts a service whose environment changed, and nothing else", async () => {
  const substrate = open();
  await substrate.place(plan("toy/0"));
  await substrate.place(plan("toy/1"));
  await substrate.apply("toy/0", { toy: coloured("it's red") });
  await substrate.apply("toy/1", { toy: coloured("green") });
  await sleep(1200);
  const { toy } = await substrate.apply("toy/0", { toy: coloured("blue") });
  expect(toy?.counters).toMatchObject({ filesWritten: 1, restarts: 1 });
  const log = await until(
    () => Promise.resolve(readFileSync(join(substrate.logFolder("toy/0", "toy", "main"), "current"), "utf8")),
    (text) => text.includes("colour blue"),
  );
  expect(log).toContain("colour it's red");
  expect((await substrate.observe("toy/1"))["toy"]?.services["main"]).toEqual({
    status: "running",
    restarts: 0,
  });
});

test("says that a service which exits at once is in back-off, and what it said", async () => {
  const substrate = open();
  await substrate.place(plan("crash/0"));
  await substrate.apply("crash/0", { toy: shell("echo no such flag; exit 3") });
  const seen = await until(
    async () => (await substrate.observe("crash/0"))["toy"]?.services["main"],
    (view) => view?.status === "backoff" && view.restarts > 1,
  );
  expect(seen).toMatchObject({
    status: "backoff",
    message: expect.stringMatching(/^ended with exit code 3: no such flag( \| no such flag)+$/),
  });
  await substrate.remove("crash/0");
});

test("brings a killed service back and counts it", async () => {
  const substrate = open();
  await substrate.place(plan("toy/0"));
  const outcome: ContainerOutcome = {
    services: { main: { command: ["/bin/sh", "-c", `echo $$ > ${root}/pid; exec sleep 1000`] } },
  };
  await substrate.apply("toy/0", { toy: outcome });
  await sleep(1500);
  const pid = Number(readFileSync(join(root, "pid"), "utf8"));
  process.kill(pid, "SIGKILL");
  const seen = await until(
    async () => (await substrate.observe("toy/0"))["toy"]?.services["main"],
    (view) => view?.status === "running" && view.restarts === 1,
  );
  expect(seen).toEqual({ status: "running", restarts: 1 });
});

test("takes a reload by signal, and goes back when a restart shows the files are bad", async () => {
  const substrate = open();
  const { containers } = await substrate.place(plan("reads/0"));
  const config = `${containers["toy"]?.folder}/config`;
  const script = `trap 'echo loaded $(cat ${config})' HUP; grep -q good ${config} || exit 9; echo started; while :; do sleep 0.1; done`;
  const outcome = (content: string, onChange: "reload" | "restart"): ContainerOutcome => ({
    services: { main: { command: ["/bin/sh", "-c", script], reload: { signal: "HUP" } } },
    files: { config: { content, onChange } },
  });
  const first = await substrate.apply("reads/0", { toy: outcome("good 1", "reload") });
  expect(first["toy"]).toMatchObject({ rejected: {}, applied: expect.any(String), counters: { reloads: 0 } });
  const second = await substrate.apply("reads/0", { toy: outcome("good 2", "reload") });
  expect(second["toy"]?.counters).toMatchObject({ reloads: 1, restarts: 0, filesWritten: 1 });
  const third = await substrate.apply("reads/0", { toy: outcome("bad", "restart") });
  expect(third["toy"]?.rejected).toMatchObject({ config: { problem: { code: "FILE_REJECTED" } } });
  expect(readFileSync(config, "utf8")).toBe("good 2");
  const seen = await until(
    async () => (await substrate.observe("reads/0"))["toy"]?.services["main"],
    (view) => view?.status === "running",
  );
  expect(seen?.status).toBe("running");
  await substrate.remove("reads/0");
});

test("ends everything that a unit started, also what left its process group", async () => {
  const substrate = open();
  await substrate.place(plan("stray/0"));
  await substrate.apply("stray/0", {
    toy: shell("setsid sleep 2001 & sleep 2002 & trap '' TERM; sleep 2003; sleep 2004"),
  });
  await until(
    () => Promise.resolve(processes("sleep 200")),
    (found) => found.length === 4,
  );
  expect(processes("sleep 200")).toHaveLength(4);
  await substrate.remove("stray/0");
  expect(processes("sleep 200")).toEqual([]);
});

test("leaves nothing running after it was taken down, and comes back as it was", async () => {
  const substrate = open();
  await (await substrate.supervisor()).down();
  expect(running()).toEqual([]);
  await (await substrate.supervisor()).adopt();
  const seen = await until(
    async () => (await substrate.observe("toy/1"))["toy"]?.services["main"],
    (view) => view?.status === "running",
  );
  expect(seen?.status).toBe("running");
});
