import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import type { ExternalPlan } from "@orrery/engine";
import { defaultCacheFolder, provision } from "@orrery/provision";
import { afterAll, beforeAll, expect, test } from "vitest";
import { World, processesBelow, until } from "../world/world.ts";
import { ForeignServer } from "./foreign-server.ts";
import { currentPrometheus } from "./programs.ts";
import { RecordingProxy } from "./recording-proxy.ts";

const world = new World();
let server: ForeignServer;
let proxy: RecordingProxy;
/** Its files, and what it reports, before anything of ours. */
let filesBefore: ReturnType<ForeignServer["files"]>;
let reportedBefore: Awaited<ReturnType<ForeignServer["reported"]>>;

beforeAll(async () => {
  const { path: program } = await currentPrometheus();
  server = await new ForeignServer({
    program,
    address: "127.0.17.1:9090",
    flags: ["--web.enable-lifecycle"],
    includes: "scrape-files",
  }).start();
  proxy = await RecordingProxy.before(server.url, "127.0.17.2:9090");
  filesBefore = server.files();
  reportedBefore = await server.reported();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const connect = async (): Promise<string> =>
  await world.run("connect", "http://127.0.17.2:9090", "--config", `directory=${server.directory}`);

async function plan(): Promise<ExternalPlan & { readonly code: number }> {
  const { code, stdout } = await world.try("plan", "--format", "json");
  return { ...(JSON.parse(stdout) as ExternalPlan), code };
}

/** What of the server's own is not as it was; ours left out. */
function changedOfTheirs(): readonly string[] {
  const now = server.files();
  return Object.entries(filesBefore)
    .filter(([path, found]) => now[path] !== found)
    .map(([path]) => path);
}

test("connect looks by GETs alone, prints what it found, writes nothing and leaves no engine behind", async () => {
  const printed = await connect();

  expect(printed).toContain("Prometheus 3.16");
  expect(printed).toContain("on this machine");
  expect(printed).toContain("orrery integrate PRODUCT prometheus-external");
  expect(proxy.methods()).toEqual(["GET"]);
  expect(server.files()).toEqual(filesBefore);
  expect(processesBelow(world.home)).toEqual([]);
  expect((await world.try("status")).code).toBe(1);
});

test("a plan without anything related is empty, exits 0, and does so again", async () => {
  for (const _ of [1, 2]) expect(await plan()).toMatchObject({ code: 0, changes: [], known: true });
  expect(proxy.methods()).toEqual(["GET"]);
  expect(processesBelow(world.home)).toEqual([]);
});

test("with the shop related, the plan exits 2, shows its files, writes them for Git, and the server's files stay as they are", async () => {
  await world.run("up");
  await world.run("deploy", "storefront");
  await world.run("integrate", "storefront", "prometheus-external");
  await until("three changes planned", async () => (await plan()).changes.length === 3);
  proxy.methods();
  const output = mkdtempSync(join(tmpdir(), "orrery-planned-"));
  try {
    const shown = await world.try("plan", "prometheus-external", "-o", output);

    expect(shown.code).toBe(2);
    expect(shown.stdout).toContain("3 to create, 0 to change, 0 to remove");
    const files = readdirSync(output).filter((name) => name !== "README.md");
    expect(files).toHaveLength(3);
    const { promtool } = await provision(["promtool"], { cacheFolder: defaultCacheFolder(process.env) });
    const rules = files.filter((name) => name.startsWith("rules-")).map((name) => join(output, name));
    expect(execFileSync(promtool?.path ?? "", ["check", "rules", ...rules], { encoding: "utf8" })).toContain(
      "SUCCESS",
    );
  } finally {
    rmSync(output, { recursive: true });
  }
  expect(proxy.methods()).toEqual(["GET"]);
  expect(server.files()).toEqual(filesBefore);
});

test("apply brings the shop's targets and rules, the server reports them, and verify reads them back", async () => {
  const applied = await world.try("apply");

  expect(applied.code).toBe(0);
  expect(applied.stderr).toMatch(/step 1 of 2: creating 2 \(targets\)\nstep 2 of 2: creating 1 \(rules\)/);
  const { targets, rules } = await server.reported();
  expect(targets.filter((one) => !reportedBefore.targets.includes(one))).toEqual([
    expect.stringMatching(
      /^juju_orrery_.*_storefront_prometheus_scrape\/metrics-endpoint-\d+\/[0-9a-f]{12} http:\/\/127/,
    ),
  ]);
  expect(rules).toEqual(
    expect.arrayContaining([...reportedBefore.rules, expect.stringMatching(/\/StorefrontErrorRate$/)]),
  );
  expect(changedOfTheirs()).toEqual([]);
  await world.run("integrate", "orrery:metrics-endpoint", "prometheus-external");
  await until("the engine's own metrics planned too", async () => (await plan()).changes.length > 0);
  await world.run("apply");
  const verified = await world.try("verify", "--wait", "60");
  expect(verified.stdout).toMatch(/verified: all \d+ expected things were read back/);
  expect(verified.code).toBe(0);
  expect(await plan()).toMatchObject({ code: 0, changes: [], drift: [] });
});

test("a foreign edit of our file is shown as drift, and not overwritten without a word", async () => {
  const [name = ""] = readdirSync(server.directory).filter((file) => file.startsWith("rules-metrics"));
  const path = join(server.directory, name);
  const ours = readFileSync(path, "utf8");
  appendFileSync(path, "# somebody was here\n");
  const found = await plan();
  const refused = await world.try("apply");

  expect(found).toMatchObject({ code: 2, drift: [{ key: name, how: "changed" }] });
  expect((await world.try("plan")).stdout).toContain(`${name} was changed by somebody else`);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("ERROR EXTERNAL_DRIFT");
  expect(readFileSync(path, "utf8")).toContain("somebody was here");
  await world.run("apply", "--overwrite");
  expect(readFileSync(path, "utf8")).toBe(ours);
});

test("when the server refuses the reload, apply undoes itself and says why in the server's words", async () => {
  const before = server.files();
  const good = readFileSync(server.configuration, "utf8");
  await world.run("config", "storefront", "storefront-error-rate-threshold=0.2");
  await until("a changed rule planned", async () => (await plan()).changes.length === 1);
  writeFileSync(server.configuration, "global: { scrape_interval: soon }\n");
  const refused = await world.try("apply");

  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("ERROR EXTERNAL_REFUSED");
  expect(refused.stderr).toMatch(/failed to reload config: .*taken back/);
  writeFileSync(server.configuration, good);
  expect(server.files()).toEqual(before);
  // Its user mends it, and it goes on.
  expect((await world.try("apply")).stderr).toContain("EXTERNAL_CONFIG_REFUSED");
  server.reload();
  await until("an apply that is taken", async () => (await world.try("apply")).code === 0);
});

test("undo gives back what was before the last apply", async () => {
  const before = server.files();
  await world.run("config", "storefront", "storefront-error-rate-threshold=0.3");
  await until("a changed rule planned", async () => (await plan()).changes.length === 1);
  await world.run("apply");
  expect(server.files()).not.toEqual(before);
  await world.run("undo");

  expect(server.files()).toEqual(before);
  expect((await world.try("undo")).stderr).toContain("EXTERNAL_NOTHING_TO_UNDO");
});

test("disconnect leaves the server as it was: its files byte for byte, and what it reports", async () => {
  const dry = await world.run("disconnect", "--dry-run");
  const count = readdirSync(server.directory).length;

  expect(dry).toContain("objects would be removed, and nothing else");
  expect(readdirSync(server.directory)).toHaveLength(count);
  await world.run("disconnect", "prometheus-external");
  expect(server.files()).toEqual(filesBefore);
  expect(await server.reported()).toEqual(reportedBefore);
  await until("the bridge gone", async () => !(await world.run("status")).includes("prometheus-external"));
});
