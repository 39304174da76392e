import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openModel } from "@orrery/engine-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { World, until } from "../world/world.ts";
import { ForeignServer } from "./foreign-server.ts";
import { currentPrometheus } from "./programs.ts";

const SCRIPT = fileURLToPath(new URL("./killed-command.ts", import.meta.url));
/** Points at which each command is killed. */
const POINTS = 22;

const world = new World();
let server: ForeignServer;
const states: Record<"empty" | "full", { files: unknown; reported: unknown }> = {
  empty: { files: {}, reported: {} },
  full: { files: {}, reported: {} },
};

beforeAll(async () => {
  const { path: program } = await currentPrometheus();
  server = await new ForeignServer({
    program,
    address: "127.0.17.3:9090",
    flags: ["--web.enable-lifecycle"],
    includes: "scrape-files",
  }).start();
  const product = join(world.home, "product");
  mkdirSync(join(product, "rules"), { recursive: true });
  writeFileSync(
    join(product, "telemetry.yaml"),
    "product: shop\nowner: team\nmetrics: [{ port: 80 }]\nrules: { files: ./rules }\n",
  );
  writeFileSync(
    join(product, "rules/shop.yaml"),
    "groups: [{ name: shop, rules: [{ alert: ShopGone, expr: 'up < 1' }] }]\n",
  );
  await world.run("connect", server.url, "--config", `directory=${server.directory}`);
  {
    await using model = await openModel({ home: world.home });
    await model.command({
      command: "deploy",
      charm: product,
      application: "shop",
      config: { targets: "127.0.17.4:80" },
    });
    await model.command({ command: "integrate", a: "shop", b: "prometheus-external" });
  }
  states.empty = await present();
  await world.run("apply");
  states.full = await present();
  await world.run("undo");
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** The server's files, and what it reports. */
async function present(): Promise<{ readonly files: unknown; readonly reported: unknown }> {
  return { files: server.files(), reported: await server.reported() };
}

/** Runs a command that is killed at a step; gives its steps when it was not. */
async function killed(command: string, at: number): Promise<number | "killed"> {
  return await new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--conditions=@orrery/source", SCRIPT, world.home, command, String(at)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.once("close", (code, signal) => {
      if (signal === "SIGKILL") resolve("killed");
      else if (code === 0) resolve(Number(output));
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}

/** Brings the server to where a command is tried from. */
async function reset(command: string): Promise<void> {
  const wanted = command === "apply" ? states.empty : states.full;
  if (JSON.stringify((await present()).files) !== JSON.stringify(wanted.files))
    await world.run(command === "apply" ? "undo" : "apply");
}

/** Kills a command at a step; at its last one where it took fewer this time, since it waits for the server. Gives the step. */
async function killedAt(command: string, step: number): Promise<number> {
  await reset(command);
  const ended = await killed(command, step);
  return ended === "killed" ? step : await killedAt(command, ended);
}

test.for(["apply", "undo"])(
  "kill -9 at any step of %s is finished or taken back by the next command, never a mix",
  { timeout: 600_000 },
  async (command) => {
    await reset(command);
    const steps = await killed(command, 0);
    if (steps === "killed") throw new Error("killed at no step");
    expect(steps).toBeGreaterThanOrEqual(POINTS);
    const points = Array.from({ length: POINTS }, (_, i) => 1 + Math.round((i * (steps - 1)) / (POINTS - 1)));
    const ended: string[] = [];
    for (const at of points) {
      const step = await killedAt(command, at);
      // The next command, whichever it is, finds it in the journal.
      const next = await world.try("plan");
      expect([0, 2]).toContain(next.code);
      const { files, reported } = await until("what the server reports at rest", async () => await present());
      const as = [states.empty, states.full].findIndex(
        (state) => JSON.stringify(state.files) === JSON.stringify(files),
      );
      expect(as, `killed at step ${step} of ${steps}`).not.toBe(-1);
      expect(reported).toEqual([states.empty, states.full][as]?.reported);
      ended.push(as === 0 ? "empty" : "full");
    }
    expect(new Set(ended).size).toBe(2);
  },
);

test(
  "killed at random moments, whatever they hit, the next command still leaves all or nothing",
  { timeout: 300_000 },
  async () => {
    for (const after of [900, 1000, 1050, 1100, 1150, 1200, 1300, 1400]) {
      await reset("apply");
      const child = world.start("apply");
      const ended = new Promise((resolve) => child.once("close", resolve));
      setTimeout(() => child.kill("SIGKILL"), after);
      await ended;
      await world.try("plan");
      const { files, reported } = await present();
      const state = [states.empty, states.full].find(
        (one) => JSON.stringify(one.files) === JSON.stringify(files),
      );
      expect(state, `killed after ${after} ms`).toBeDefined();
      expect(reported).toEqual(state?.reported);
    }
  },
);
