import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportedProblem } from "@orrery/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoWorld } from "../world/demo-world.ts";
import type { DemoWorld } from "../world/demo-world.ts";
import { ruleGroups, targets, urlOf } from "../world/systems.ts";
import { until } from "../world/world.ts";

interface Status {
  readonly applications: Readonly<
    Record<
      string,
      {
        readonly units: Readonly<
          Record<
            string,
            { readonly "workload-status": { readonly current: string; readonly message?: string } }
          >
        >;
      }
    >
  >;
}

const GENERATED = "units/prometheus-0/prometheus/current";
let demo: DemoWorld;
let prometheus: string;
let charm: string;

beforeAll(async () => {
  demo = await demoWorld();
  prometheus = await urlOf(demo.world, "prometheus/0", "web");
  charm = mkdtempSync(join(tmpdir(), "orrery-hostile-"));
  for (const file of ["package.json", "charm.js"]) {
    copyFileSync(new URL(`./contributor/${file}`, import.meta.url), join(charm, file));
  }
  await demo.world.run("deploy", charm, "hostile");
  await demo.world.run("integrate", "hostile", "prometheus");
  await until("the hostile target among the targets", async () => (await ofHostile()).length > 0);
}, 600_000);
afterAll(async () => {
  await demo[Symbol.asyncDispose]();
  rmSync(charm, { recursive: true, force: true });
}, 60_000);

async function ofHostile(): Promise<readonly string[]> {
  return (await targets(prometheus))
    .filter((one) => one.labels["juju_application"] === "hostile")
    .map((one) => one.scrapeUrl);
}

/** Everybody's files but those on the hostile contributor's account, and the main file's jobs of the others. */
function othersFiles(): Readonly<Record<string, string>> {
  const all = demo.world.digests(GENERATED);
  return Object.fromEntries(
    Object.entries(all).filter(([path]) => !isHostile(path) && path !== "prometheus.yml"),
  );
}

function isHostile(path: string): boolean {
  return path.includes(hostileKey);
}
let hostileKey = "";

async function problems(): Promise<readonly ReportedProblem[]> {
  return await (await demo.world.client()).problems();
}

async function statusOf(application: string): Promise<{ current: string; message: string }> {
  const status = await demo.world.json<Status>("status");
  const found = status.applications[application]?.units[`${application}/0`]?.["workload-status"];
  return { current: found?.current ?? "", message: found?.message ?? "" };
}

test("finds the files of the contributor that is about to misbehave", async () => {
  const keys = Object.keys(demo.world.digests(GENERATED)).filter((path) => path.startsWith("rules/"));
  const relations = await demo.world.json<{
    relations: readonly { id: number; endpoints: readonly string[] }[];
  }>("status", "--relations");
  const id = relations.relations.find((one) => one.endpoints.some((end) => end.startsWith("hostile:")))?.id;
  hostileKey = `metrics-endpoint-${id}`;
  expect(keys.some((path) => path.includes(hostileKey))).toBe(true);
});

test.for([
  { mode: "rule-does-not-parse", code: /^QUERY_|^RULE/ },
  { mode: "rule-does-not-type", code: /^QUERY_|^RULE/ },
  { mode: "rule-of-another", code: /IDENTITY|^QUERY_|^RULE/ },
  { mode: "unknown-key", code: /^SCRAPE_/ },
  { mode: "file-path", code: /^SCRAPE_/ },
  { mode: "target-not-granted", code: /^SCRAPE_/ },
  { mode: "no-json", code: /^DATABAG_/ },
])(
  "$mode is reported with a remedy and changes no byte of the others'",
  { timeout: 120_000 },
  async ({ mode, code }) => {
    await demo.world.run("config", "hostile", "mode=good");
    await until(
      "good again",
      async () =>
        (await problems()).every((one) => !/hostile|metrics-endpoint-/.test(JSON.stringify(one))) &&
        (await ofHostile()).length > 0,
    );
    const before = othersFiles();
    const groups = (await ruleGroups(prometheus))
      .filter((group) => !group.file.includes(hostileKey))
      .map((group) => group.name);

    await demo.world.run("config", "hostile", `mode=${mode}`);
    const reported = await until(`a problem for ${mode}`, async () =>
      (await problems()).find((one) => code.test(one.code)),
    );
    expect(reported.remedy).not.toBe("");
    expect(othersFiles()).toEqual(before);
    const after = (await ruleGroups(prometheus))
      .filter((group) => !group.file.includes(hostileKey))
      .map((group) => group.name);
    expect(after).toEqual(groups);
    expect((await ofHostile()).join()).not.toMatch(/169\.254|127\.0\.0\.1:22/);
  },
);

test.for([
  { mode: "throws", code: "RECONCILE_FAILED" },
  { mode: "returns-junk", code: "OUTCOME_INVALID" },
  { mode: "loops", code: "RECONCILE_TIMEOUT" },
  { mode: "ends-its-process", code: "RECONCILE_FAILED" },
])(
  "a charm that $mode is in error with $code, keeps its last good outcome and holds nobody up",
  { timeout: 240_000 },
  async ({ mode, code }) => {
    await demo.world.run("config", "hostile", "mode=good");
    await until("good again", async () => (await statusOf("hostile")).current === "active", 90_000);
    const before = demo.world.digests(GENERATED);
    await demo.world.run("config", "hostile", `mode=${mode}`);
    await demo.world.run("config", "storefront", "fault=latency");
    await until(
      "the storefront settled meanwhile",
      async () => (await statusOf("storefront")).message === "fault: latency",
      30_000,
    );
    await demo.world.run("config", "storefront", "fault=none");
    const unit = await until(
      "the unit in error",
      async () => {
        const now = await statusOf("hostile");
        return now.current === "error" ? now : undefined;
      },
      90_000,
    );
    expect(unit.message).toContain(code);
    expect(demo.world.digests(GENERATED)).toEqual(before);
    expect((await demo.world.try("verify", "--wait", "30")).code).not.toBe(1);
  },
);

test("a workload that ends at once is told with its last words", async () => {
  await demo.world.run("config", "hostile", "mode=workload-ends");
  const unit = await until(
    "the words",
    async () => {
      const now = await statusOf("hostile");
      return now.message.includes("no work today") ? now : undefined;
    },
    60_000,
  );
  expect(unit.current).not.toBe("active");
}, 90_000);

test.for([
  {
    what: "a value of the wrong type",
    args: ["config", "storefront", "traffic=many"],
    code: "CONFIG_INVALID_VALUE",
  },
  {
    what: "a choice that does not exist",
    args: ["config", "storefront", "fault=sometimes"],
    code: "CONFIG_INVALID_VALUE",
  },
  { what: "an unknown option", args: ["config", "storefront", "colour=red"], code: "CONFIG_UNKNOWN_OPTION" },
  {
    what: "no common interface",
    args: ["integrate", "storefront", "alertmanager"],
    code: "RELATION_NO_INTERFACE",
  },
  { what: "an unknown charm", args: ["deploy", "storefrnt"], code: "CHARM_NOT_FOUND" },
  {
    what: "an unknown endpoint",
    args: ["integrate", "storefront:metric", "prometheus"],
    code: "ENDPOINT_UNKNOWN",
  },
  {
    what: "an unknown application",
    args: ["integrate", "storfront", "prometheus"],
    code: "APPLICATION_UNKNOWN",
  },
])("$what is refused with $code, what was allowed, and nothing is changed", async ({ args, code }) => {
  const before = await demo.world.run("status", "--relations", "--format", "json");
  const ran = await demo.world.try(...args);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(code);
  const after = await demo.world.run("status", "--relations", "--format", "json");
  expect(Object.keys(JSON.parse(after).applications)).toEqual(Object.keys(JSON.parse(before).applications));
});

test("a second engine on the same folder is not started: the first one's process id is told", async () => {
  expect(await demo.world.run("up")).toContain(`process ${await demo.world.enginePid()}`);
});
