import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { urlOf } from "../world/systems.ts";
import { World, processesBelow, until } from "../world/world.ts";
import { Canaries } from "./canaries.ts";

// One token for each way in which a secret comes into a model, in a real run with everything that may carry it out again.

const NONCE = `c4n4ry${randomBytes(6).toString("hex")}`;
const TOKEN = `user-token-${NONCE}`;
const HOOK = `http://127.0.0.1:9/user-hook-${NONCE}`;

const KEEPER = /^units\/keeper-0\/work\/live\/secrets\.json$/;
const PROMETHEUS = /^units\/prometheus-0\/prometheus\/live\/secrets\//;
const ALERTMANAGER = /^units\/alertmanager-0\/alertmanager\/generations\/\d+\/secrets\//;
const SHOP = /^units\/storefront-\d\/shop\/live\/metrics-tokens$/;
const NOWHERE = /^$/;

const canaries = new Canaries();
const world = new World({ hear: (command, text) => canaries.look(command, text) });
const outside = mkdtempSync(join(tmpdir(), "orrery-canary-"));

beforeAll(() => {
  canaries.plant({ name: "a person's token", value: TOKEN, mayLieIn: KEEPER });
  canaries.plant({ name: "a person's webhook", value: HOOK, mayLieIn: ALERTMANAGER });
  canaries.plant({ name: "a password in a bag", value: `inline-password-${NONCE}`, mayLieIn: PROMETHEUS });
  canaries.plant({
    name: "a webhook in a bag",
    value: `http://127.0.0.1:9/inline-hook-${NONCE}`,
    mayLieIn: ALERTMANAGER,
  });
  canaries.plant({
    name: "a charm's shared secret",
    value: `shared-by-the-charm-${NONCE}`,
    mayLieIn: NOWHERE,
  });
  canaries.plant({ name: "a unit's own secret", value: `of-the-unit-alone-${NONCE}`, mayLieIn: NOWHERE });
  writeFileSync(join(outside, "token"), TOKEN);
  writeFileSync(join(outside, "hook"), HOOK);
  cpSync(new URL("./keeper", import.meta.url), join(outside, "keeper"), { recursive: true });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(outside, { recursive: true });
}, 120_000);

/** What the keeper's workload was given: the host's own secrets, which nobody can plant. */
async function learn(): Promise<{ readonly admin: string }> {
  const kept = await until("the keeper's file", async () => {
    const path = join(world.home, "units/keeper-0/work/live/secrets.json");
    const found = JSON.parse(readFileSync(path, "utf8")) as { given?: string; admin?: string; key?: string };
    return found.given && found.admin && found.key ? { admin: found.admin, key: found.key } : undefined;
  });
  for (const [name, value] of Object.entries(kept)) {
    if (!canaries.has(value)) canaries.plant({ name: `material ${name}`, value, mayLieIn: KEEPER });
  }
  return kept;
}

async function learnShopTokens(least: number): Promise<void> {
  const path = join(world.home, "units/storefront-0/shop/live/metrics-tokens");
  const tokens = await until(`${least} tokens of the shop`, async () => {
    const found = readFileSync(path, "utf8").split("\n").filter(Boolean);
    return found.length >= least && found;
  });
  const mayLieIn = new RegExp(`${SHOP.source}|${PROMETHEUS.source}`);
  for (const value of tokens)
    if (!canaries.has(value)) canaries.plant({ name: "the shop's token", value, mayLieIn });
}

/** Asks everything that anybody can ask, in each form. */
async function askAll(): Promise<void> {
  for (const format of ["tabular", "json", "yaml"]) {
    const told = ["--format", format];
    await world.try("status", "--relations", ...told);
    await world.try("verify", ...told);
    await world.try("secrets", ...told);
    for (const secret of ["api-token", "hook"]) await world.try("show-secret", secret, ...told);
    for (const unit of ["keeper/0", "prometheus/0", "alertmanager/0", "storefront/0"])
      await world.try("show-unit", unit, ...told);
    for (const application of ["keeper", "alertmanager", "storefront", "prometheus"])
      await world.try("config", application, ...told);
  }
  await world.try("debug-log", "--limit", "5000");
  await world.try("debug-log", "--limit", "5000", "--level", "DEBUG", "--format", "json");
  const client = await world.client();
  const answers = [
    await client.problems(),
    await client.expectations(),
    await client.counters(),
    await client.secrets(),
  ];
  canaries.look("the engine's socket", JSON.stringify(answers));
}

/** Asks the programs themselves. */
async function askPrograms(): Promise<void> {
  const [prometheus, alertmanager, own] = await Promise.all([
    urlOf(world, "prometheus/0", "web"),
    urlOf(world, "alertmanager/0", "web"),
    urlOf(world, "orrery/0", "metrics"),
  ]);
  const asked = [
    ...["status/config", "targets", "targets/metadata", "rules", "alerts", "status/flags"].map(
      (path) => `${prometheus}/api/v1/${path}`,
    ),
    ...["status", "receivers", "alerts"].map((path) => `${alertmanager}/api/v2/${path}`),
    ...[prometheus, alertmanager, own].map((url) => `${url}/metrics`),
  ];
  for (const url of asked) canaries.look(url, Buffer.from(await (await fetch(url)).arrayBuffer()));
}

async function lookAround(): Promise<void> {
  await learn();
  await askAll();
  await askPrograms();
  canaries.lookThrough(world.home);
  canaries.lookAtProcesses(processesBelow(world.home).map(({ pid }) => pid));
}

test("a model in which every kind of secret is at work shows none of them", async () => {
  await world.run("up");
  for (const charm of ["prometheus", "alertmanager", "storefront"]) await world.run("deploy", charm);
  await world.run("deploy", join(outside, "keeper"), "keeper", "--config", `nonce=${NONCE}`);
  await world.run("integrate", "storefront", "prometheus");
  await world.run("integrate", "keeper:metrics-endpoint", "prometheus:metrics-endpoint");
  await world.run("integrate", "keeper:remote-configuration", "alertmanager:remote-configuration");
  await world.run("integrate", "prometheus:alertmanager", "alertmanager:alerting");
  await world.run(
    "add-secret",
    "api-token",
    `token#file=${join(outside, "token")}`,
    "--info",
    "for the keeper",
  );
  await world.run("add-secret", "hook", `url#file=${join(outside, "hook")}`);
  await world.run("grant-secret", "api-token", "keeper");
  await world.run("grant-secret", "hook", "alertmanager");
  await world.run("config", "keeper", "token=api-token");
  await world.run("config", "alertmanager", "webhook-url-secret=hook");
  await world.run("config", "storefront", "metrics-auth=bearer");
  await learn();
  await learnShopTokens(1);
  await until(
    "the shop scraped with its token",
    async () => {
      const { targets } = await ranAction<{ targets: readonly { unit: string; health: string }[] }>(
        "prometheus/0",
        "show-targets",
      );
      return targets.some(({ unit, health }) => unit === "storefront/0" && health === "up");
    },
    120_000,
  );
  await lookAround();
  expect(canaries.sightings).toEqual([]);
  expect(canaries.atHome).toEqual([
    "a password in a bag",
    "a person's token",
    "a person's webhook",
    "a webhook in a bag",
    "material admin",
    "material key",
    "the shop's token",
  ]);
  expect(canaries.scanned).toBeGreaterThan(1_000_000);
}, 600_000);

async function ranAction<Results>(unit: string, action: string): Promise<Results> {
  const found = await world.json<Record<string, { results: Results }>>("run", unit, action);
  const ran = found[unit];
  if (!ran) throw new Error(`${action} on ${unit} told nothing`);
  return ran.results;
}

test.for(["print", "tell", "throw", "refused"])(
  "a charm that is careless with them (%s) shows none",
  { timeout: 300_000 },
  async (mode) => {
    await world.run("config", "keeper", "mode=careful");
    await world.run("config", "keeper", `mode=${mode}`);
    const marks: Readonly<Record<string, RegExp>> = {
      print: /careless: \*\*\*\*\*/,
      tell: /I have \*\*\*\*\*/,
      throw: /cannot work with \*\*\*\*\*/,
      refused: /refused\.txt.*\*\*\*\*\*/,
    };
    await until(`the charm was careless: ${mode}`, async () =>
      marks[mode]?.test(await world.run("debug-log", "--limit", "5000", "--level", "DEBUG")),
    );
    await lookAround();
    expect(canaries.sightings).toEqual([]);
  },
);

test("actions that fail, commands that are refused, and rotations show none", async () => {
  await world.run("config", "keeper", "mode=careful");
  expect((await world.try("run", "keeper/0", "stumble", `text=${TOKEN}`)).stderr).toContain(
    "cannot go on with *****",
  );
  for (const args of [
    ["add-secret", "typed", TOKEN],
    ["add-secret", "typed", `Token=${TOKEN}`],
    ["add-secret", "typed", `token#base64=${TOKEN}`],
    ["update-secret", "api-token", TOKEN],
    ["show-secret", TOKEN],
    ["grant-secret", TOKEN, "keeper"],
    ["config", "keeper", `token=${TOKEN}`],
    ["deploy", "alertmanager", "other", "--config", `webhook-url-secret=${TOKEN}`],
  ]) {
    const ran = await world.try(...args);
    expect([args.slice(0, 2), ran.code]).toEqual([args.slice(0, 2), 1]);
    canaries.look(`what ${args[0]} answered`, ran.stderr + ran.stdout);
  }
  const { admin } = await learn();
  await world.run("run", "keeper/0", "rotate");
  await until("another password", async () => (await learn()).admin !== admin);
  await world.run("run", "storefront/0", "rotate-metrics-token");
  await learnShopTokens(2);
  await world.run("update-secret", "api-token", `token#file=${join(outside, "token")}`, "--info", "again");
  await lookAround();
  expect(canaries.sightings).toEqual([]);
}, 300_000);

test("an engine that was killed and comes back shows none, and knows all", async () => {
  process.kill(await world.enginePid(), "SIGKILL");
  canaries.lookThrough(world.home);
  await world.run("up");
  await until("the shop again", async () => (await world.try("verify")).code !== 1);
  await learn();
  await lookAround();
  expect(canaries.sightings).toEqual([]);
  // The one way in which a secret comes out is to be asked for it.
  const unheard = new World({ home: world.home });
  const revealed = await unheard.try("show-secret", "api-token", "--reveal", "--format", "json");
  expect(Object.values(JSON.parse(revealed.stdout) as object)).toMatchObject([{ content: { token: TOKEN } }]);
}, 300_000);

test("without its key, or with another, the state is refused and nothing is written over", async () => {
  const [key, database] = [join(world.home, "secrets.key"), join(world.home, "orrery.db")];
  await world.run("down");
  const [right, before] = [readFileSync(key, "utf8"), readFileSync(database)];
  rmSync(key);
  expect((await world.try("up")).stderr).toMatch(/SECRETS_KEY_MISSING[\s\S]*put secrets\.key back/);
  writeFileSync(key, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  expect((await world.try("up")).stderr).toMatch(/SECRETS_KEY_WRONG/);
  expect(readFileSync(database).equals(before)).toBe(true);

  writeFileSync(key, right);
  await world.run("up");
  expect(await world.run("secrets")).toContain("api-token");
}, 300_000);
