import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ShownUnit } from "@orrery/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pythonEnvironment } from "../python-peers/python-environment.ts";
import { ruleGroups, targets, urlOf } from "../world/systems.ts";
import { World, getJson, processesBelow, until } from "../world/world.ts";
import { statusOf } from "./unit-status.ts";

const PEERS = fileURLToPath(new URL("../python-peers/charms", import.meta.url));

let world: World;
let prometheus: string;
beforeAll(async () => {
  const { python } = await pythonEnvironment();
  world = new World({ environment: { PATH: `${dirname(python)}:${process.env["PATH"]}` } });
  await world.run("up", "--hook-deadline", "60s");
  await world.run("deploy", "prometheus");
  await world.run("deploy", "storefront");
  await world.run("deploy", join(PEERS, "greeter"));
  await world.run("deploy", join(PEERS, "reader"));
  for (const [a, b] of [
    ["greeter", "prometheus"],
    ["storefront", "prometheus"],
    ["storefront", "reader"],
  ] as const) {
    await world.run("integrate", a, b);
  }
  await until(
    "the greeter greets",
    async () => (await statusOf(world, "greeter")).current === "active",
    600_000,
  );
  prometheus = await urlOf(world, "prometheus/0", "web");
});
afterAll(async () => await world[Symbol.asyncDispose]());

async function shown(unit: string): Promise<ShownUnit[string]> {
  const all = await world.json<ShownUnit>("show-unit", unit);
  const found = all[unit];
  if (!found) throw new Error(`no unit ${unit} is shown`);
  return found;
}

test("a Python charm's target is scraped and its rules are live, as Prometheus itself says", async () => {
  const target = await until("the greeter's target up", async () =>
    (await targets(prometheus)).find(
      ({ labels, health }) => labels["juju_unit"] === "greeter/0" && health === "up",
    ),
  );
  const { address } = await shown("greeter/0");

  expect(target.scrapeUrl).toBe(`http://${address}:9105/metrics`);
  expect(target.labels).toMatchObject({ juju_application: "greeter", juju_charm: "greeter" });
  const rules = await until(
    "its rules evaluated",
    async () => {
      const all = (await ruleGroups(prometheus)).flatMap(({ rules }) => rules);
      const own = all.filter(({ query }) => query.includes('juju_application="greeter"'));
      return own.length > 0 && own.every(({ health }) => health === "ok") ? own : undefined;
    },
    180_000,
  );
  expect(rules.map(({ name }) => name).toSorted()).toEqual([
    "GreeterRestarts",
    "GreeterSilent",
    "HostDown",
    "HostMetricsMissing",
    "greeter:greetings:rate5m",
  ]);
});

test("credentials that a Python charm sends in clear go to a file of ours alone, and are reported", async () => {
  const password = "in-the-clear-Vw7pQ2x9";
  await world.run("add-secret", "greeter-door", `password=${password}`);
  await world.run("grant-secret", "greeter-door", "greeter");
  await world.run("config", "greeter", "credentials=greeter-door");
  const held = await until("the password in a file", async () => {
    const found = filesWith(join(world.home, "units"), password);
    return found.some(({ path }) => path.startsWith("prometheus-0/")) && found;
  });

  expect(held.filter(({ path, mode }) => !path.startsWith("prometheus-0/") || mode !== 0o600)).toEqual([]);
  const told = await (await world.client()).problems();
  expect(told.filter(({ code }) => code === "SCRAPE_INLINE_SECRET")).toMatchObject([
    { origin: { application: "greeter" }, reporter: "prometheus/0" },
  ]);
  expect(JSON.stringify([told, await world.run("debug-log", "--level", "DEBUG")])).not.toContain(password);
  await world.run("config", "greeter", "--reset", "credentials");
  await until("no file with it", async () => filesWith(join(world.home, "units"), password).length === 0);
});

/** Files below a folder that hold a text. */
function filesWith(
  folder: string,
  text: string,
): readonly { readonly path: string; readonly mode: number }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((path) => {
    const found = lstatSync(join(folder, path), { throwIfNoEntry: false });
    if (!found?.isFile() || !readFileSync(join(folder, path)).includes(text)) return [];
    return [{ path, mode: found.mode & 0o777 }];
  });
}

test("a Python charm that requires prometheus_scrape reads of our storefront what it published, rules and identity", async () => {
  await until("the reader has read", async () =>
    (await statusOf(world, "reader")).message.includes("1 applications"),
  );
  const report = JSON.parse(
    readFileSync(join(world.home, "units/reader-0/.agent/charm/report.json"), "utf8"),
  ) as {
    applications: Record<string, { groups: unknown; labels: unknown; error: unknown; targets: unknown }>;
  };
  const storefront = await shown("storefront/0");
  const relation = storefront["relation-info"].find((one) => one["related-application"] === "reader");
  const bag = relation?.["local-application-data"] ?? {};
  const metadata = JSON.parse(bag["scrape_metadata"] ?? "{}") as Record<string, string>;

  expect(report.applications).toEqual({
    storefront: {
      identifier: expect.stringMatching(/_storefront$/u),
      labels: {
        juju_model: metadata["model"],
        juju_model_uuid: metadata["model_uuid"],
        juju_application: "storefront",
        juju_charm: "storefront",
      },
      groups: (JSON.parse(bag["alert_rules"] ?? "{}") as { groups: unknown }).groups,
      error: null,
      targets: [`${storefront.address}:${storefront.ports["http"]}`],
    },
  });
});

test("a failing hook puts its unit alone into error, is run again, and mended by an option goes on where it was", async () => {
  const others = world.digests("units/prometheus-0/prometheus/current");
  await world.run("config", "greeter", "fail-hook=config-changed");
  const failed = await until("the error", async () => {
    const status = await statusOf(world, "greeter");
    return status.current === "error" ? status : undefined;
  });
  expect(failed.message).toBe(
    'HOOK_FAILED: hook failed: "config-changed" (exit code 1): RuntimeError: hook config-changed fails, since fail-hook names it',
  );
  await until("it is run again", async () => {
    const log = await world.run("debug-log", "--replay", "--include", "greeter/0", "--level", "ERROR");
    return log.includes("HOOK_FAILED") && log.includes("(time 2; again in 10 s)");
  });
  expect((await statusOf(world, "storefront")).current).toBe("active");
  expect(world.digests("units/prometheus-0/prometheus/current")).toEqual(others);
  await world.run("config", "greeter", "fail-hook=", "port=9106");
  const mended = await until("it greets elsewhere", async () => {
    const status = await statusOf(world, "greeter");
    return status.message === "greets on port 9106" ? status : undefined;
  });

  expect(mended.current).toBe("active");
  await until("it is scraped there", async () =>
    (await targets(prometheus)).some(
      ({ scrapeUrl, health }) => scrapeUrl.endsWith(":9106/metrics") && health === "up",
    ),
  );
});

test("a relation that ends takes its target and rules along, and the charm is told", async () => {
  await world.run("remove-relation", "greeter", "prometheus");
  await until("the target gone", async () =>
    (await targets(prometheus)).every(({ labels }) => labels["juju_application"] !== "greeter"),
  );
  const told = await until("the charm told", async () => {
    const log = await world.run("debug-log", "--replay", "--include", "greeter/0", "--level", "DEBUG");
    return log.includes("metrics-endpoint-relation-broken") && log;
  });
  expect(told).toContain("metrics-endpoint-relation-departed");
  await world.run("integrate", "greeter", "prometheus");
});

test("the same charm packed is deployed from its archive; removed, it ends what it had started", async () => {
  const archive = join(world.home, "greeter.charm");
  execFileSync("python3", ["-m", "zipfile", "-c", archive, "charmcraft.yaml", "dispatch", "src"], {
    cwd: join(PEERS, "greeter"),
  });
  await world.run("deploy", archive, "packed", "--config", "port=9107");
  await until(
    "it greets",
    async () => (await statusOf(world, "packed")).message === "greets on port 9107",
    120_000,
  );
  const { address } = await shown("packed/0");
  const folder = join(world.home, "units/packed-0");
  // A hook may be running beside what an earlier one has started.
  await until("its server alone", async () => processesBelow(folder).length === 1);

  await world.run("remove-application", "packed");
  await until("it is gone", async () => processesBelow(folder).length === 0);
  await expect(getJson(`http://${address}:9107/metrics`)).rejects.toThrow(/fetch failed/u);
});

test("an engine that stops ends the charms' own processes too, and start is told in the next one", async () => {
  await world.run("down");
  expect(processesBelow(world.home)).toEqual([]);
  await world.run("up");
  await until("it greets again", async () => {
    const { address } = await shown("greeter/0");
    return (await fetch(`http://${address}:9106/metrics`)).ok;
  });
});
