import { exchange, relate, runCharm, testCharm } from "@orrery/charm-testing";
import type { ViewInput } from "@orrery/charm-testing";
import { active, defineCharm } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { defineTelemetry } from "@orrery/telemetry";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

const containers: NonNullable<ViewInput["containers"]> = {
  prometheus: {
    program: { path: "/programs/prometheus", version: "3.16.0" },
    services: { prometheus: { status: "running", restarts: 0 } },
    checks: { ready: { status: "up", failures: 0 } },
  },
};

/** A product with one port, and the rules that a test gives it. */
function product(name: string, rules: Readonly<Record<string, string>> = {}) {
  const telemetry = defineTelemetry({ product: name, owner: "team", metrics: [{ port: "http" }], rules });
  return defineCharm({
    name,
    ports: { http: { prefer: 8080 } },
    endpoints: { ...observable(telemetry) },
    telemetry,
    reconcile: () => ({ status: active() }),
  }).load({});
}

/** The server's files when a product has so many units. */
const filesFor = (units: number): Readonly<Record<string, string>> =>
  relate(
    { charm: product("shop"), units },
    { charm, containers, endpoint: "metrics-endpoint" },
  ).requirer.files("prometheus");

/** The rule file of a product with one alert. */
const ruleOf = (expr: string): Readonly<Record<string, string>> => ({
  "shop.yaml": `groups: [{name: shop, rules: [{alert: A, expr: '${expr}'}]}]`,
});

test("alone, it watches itself, and says so once it is ready", () => {
  const run = runCharm(charm, { containers });

  expect(run.status).toMatch(/^active: 1 contributor, 1 target, \d+ rules$/);
  expect(run.codes).toEqual([]);
  expect(runCharm(charm).status).toBe("waiting: for prometheus to be ready");
  expect(run.outcome.expectations.filter(({ kind }) => kind === "target")).toMatchObject([
    { application: "prometheus", unit: "prometheus/0" },
  ]);
});

test("a related product is scraped and watched; one that leaves takes its own files and its line along", () => {
  const parties = {
    shop: { charm: product("shop") },
    bank: { charm: product("bank") },
    prometheus: { charm, containers },
  };
  const both = exchange(parties, [
    ["shop:metrics-endpoint", "prometheus:metrics-endpoint"],
    ["bank:metrics-endpoint", "prometheus:metrics-endpoint"],
  ]).get("prometheus/0");
  const one = exchange(parties, [["shop:metrics-endpoint", "prometheus:metrics-endpoint"]]).get(
    "prometheus/0",
  );

  expect(both?.status).toMatch(/^active: 3 contributors, 3 targets/);
  const { "prometheus.yml": main = "", ...files } = both?.files("prometheus") ?? {};
  const { "prometheus.yml": mainAfter = "", ...after } = one?.files("prometheus") ?? {};
  for (const [path, content] of Object.entries(after)) expect(files[path]).toBe(content);
  expect(mainAfter.split("\n")).toEqual(main.split("\n").filter((line) => !line.includes("_bank_")));
});

test("more units of a product change the files that Prometheus watches, and rules, never the main file", () => {
  const [one, three] = [filesFor(1), filesFor(3)];

  expect(Object.keys(one)).toEqual(Object.keys(three));
  expect(three["prometheus.yml"]).toBe(one["prometheus.yml"]);
});

test("a bad rule is told to its author, and changes nothing for anybody else", () => {
  const run = (shop: ReturnType<typeof product>) =>
    exchange({ shop: { charm: shop }, bank: { charm: product("bank") }, prometheus: { charm, containers } }, [
      ["bank:metrics-endpoint", "prometheus:metrics-endpoint"],
      ["shop:metrics-endpoint", "prometheus:metrics-endpoint"],
    ]).get("prometheus/0");
  const good = run(product("shop", ruleOf("up > 2")))?.files("prometheus") ?? {};
  const bad = run(product("shop", ruleOf('up{juju_application="bank"} > 2')))?.files("prometheus") ?? {};

  const changed = Object.keys(good).filter((path) => good[path] !== bad[path]);
  expect(changed).toEqual(["rules/metrics-endpoint-2.json"]);
});

test("a version that is too old for what 3.x has gets a configuration of its own", () => {
  const old = {
    prometheus: { ...containers["prometheus"], program: { path: "/programs/prometheus", version: "2.42.0" } },
  };

  expect(runCharm(charm, { containers }).files("prometheus")["prometheus.yml"]).toContain(
    "fallback_scrape_protocol",
  );
  expect(runCharm(charm, { containers: old }).files("prometheus")["prometheus.yml"]).not.toContain(
    "fallback_scrape_protocol",
  );
});

test("what foreign charms send and cannot be taken goes back to them as an event", () => {
  const alertRules = JSON.stringify({ groups: [{ name: "g", rules: [{ alert: "Broken", expr: "rate(" }] }] });
  const metadata = JSON.stringify({
    model: "m",
    model_uuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
    application: "remote",
    unit: "remote/0",
    charm_name: "zinc-k8s",
  });
  const run = runCharm(charm, {
    containers,
    relations: [
      {
        endpoint: "metrics-endpoint",
        bags: {
          remoteApplication: { scrape_metadata: metadata, alert_rules: alertRules, scrape_jobs: "[]" },
        },
      },
    ],
  });

  expect(run.published("metrics-endpoint").application?.["event"]).toMatch(/Broken/);
  expect(run.status).toMatch(/problem/);
});
