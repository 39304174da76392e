import { exchange, relate, runCharm, testCharm } from "@orrery/charm-testing";
import type { ViewInput } from "@orrery/charm-testing";
import { active, defineCharm } from "@orrery/charm";
import { observable, over } from "@orrery/observability";
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

/** A product whose endpoint wants a token, which it keeps as a secret of its own or takes for somebody else's. */
function guarded(
  name: string,
  of: { readonly token?: string; readonly uri?: string; readonly grants?: boolean },
) {
  const telemetry = defineTelemetry({ product: name, owner: "team", metrics: [{ port: "http" }] });
  return defineCharm({
    name,
    ports: { http: { prefer: 8080 } },
    endpoints: { ...observable(telemetry) },
    telemetry,
    adapt: (declared, { secrets }) => {
      const secret = of.uri ?? secrets.own("token")?.uri;
      if (secret === undefined) return declared;
      return over(declared, { metrics: { authorization: { kind: "bearer", credentials: { secret } } } });
    },
    reconcile: ({ endpoints }) => ({
      secrets:
        of.token === undefined
          ? {}
          : {
              token: {
                content: { token: of.token },
                grants:
                  of.grants === false ? [] : endpoints["metrics-endpoint"].relations.map(({ id }) => id),
              },
            },
      status: active(),
    }),
  }).load({});
}

function scraping(products: Readonly<Record<string, ReturnType<typeof guarded>>>) {
  const parties = Object.entries(products).map(([name, one]) => [name, { charm: one }] as const);
  const run = exchange(
    { ...Object.fromEntries(parties), prometheus: { charm, containers } },
    Object.keys(products).map((name) => [`${name}:metrics-endpoint`, "prometheus:metrics-endpoint"] as const),
  ).get("prometheus/0");
  const files = run?.outcome.containers["prometheus"]?.files ?? {};
  const secrets = Object.values(files).filter(({ mode }) => mode === "0600");
  return {
    run,
    secrets: secrets.map(({ content }) => content),
    main: files["prometheus.yml"]?.content ?? "",
  };
}

test("a token that a product keeps as a secret is shown to its targets, and a new one changes its file and no other", () => {
  const [first, second] = ["canary-1", "canary-2"].map((token) =>
    scraping({ shop: guarded("shop", { token }) }),
  );

  expect(first?.secrets).toEqual(["canary-1"]);
  expect(second?.secrets).toEqual(["canary-2"]);
  expect(first?.main).not.toContain("canary");
  expect(first?.main).toBe(second?.main);
  expect(first?.run?.codes).toEqual([]);
});

test("a secret that is not granted, or is somebody else's, is shown to nobody's targets, and costs nobody else his job", () => {
  const shop = scraping({ shop: guarded("shop", { token: "canary" }) });
  const uri = Object.keys(shop.run?.view.secrets ?? {})[0] ?? "";
  const thief = scraping({ shop: guarded("shop", { token: "canary" }), thief: guarded("thief", { uri }) });
  const shy = scraping({ shop: guarded("shop", { token: "canary", grants: false }) });

  expect(uri).toMatch(/^secret:/u);
  expect(thief.secrets).toEqual(["canary"]);
  expect(thief.main.match(/credentials_file/gu)).toHaveLength(1);
  expect(thief.run?.codes).toEqual(["SCRAPE_SECRET_UNAVAILABLE"]);
  expect(thief.run?.published("metrics-endpoint", 2).application?.["event"]).toMatch(
    /SCRAPE_SECRET_UNAVAILABLE/u,
  );
  expect(shy.run?.codes).toEqual(["SCRAPE_SECRET_UNAVAILABLE"]);
});

test("show-targets tells how each target is, by the server's own word and clock", async () => {
  const target = {
    discoveredLabels: { __address__: "127.0.0.9:8080" },
    labels: { job: "shop", juju_application: "shop", juju_unit: "shop/0" },
    health: "down",
    lastScrape: "2026-01-01T00:00:00.000Z",
    lastError: "server returned HTTP status 401",
  };
  const never = { ...target, health: "unknown", lastScrape: "0001-01-01T00:00:00Z", lastError: "" };
  const now = Date.UTC(2026, 0, 1) / 1000 + 2.5;
  const answers: Readonly<Record<string, unknown>> = {
    "/api/v1/targets?state=active": { data: { activeTargets: [target, never] } },
    "/api/v1/query?query=time()": { data: { result: [now, String(now)] } },
  };
  const tools = {
    get: async (url: string) => ({
      status: 200,
      body: JSON.stringify(answers[url.replace("http://127.0.0.2:9090", "")]),
    }),
    exec: async () => ({ exitCode: 0, stdout: "", stderr: "" }),
    rotate: async () => undefined,
  };
  const act = async (params: Readonly<Record<string, unknown>>) =>
    await charm.act({ action: "show-targets", view: runCharm(charm).view, params }, tools);

  expect(await act({ health: "down" })).toEqual({
    targets: [
      {
        job: "shop",
        unit: "shop/0",
        address: "127.0.0.9:8080",
        health: "down",
        scraped: "2.5 s ago",
        error: "server returned HTTP status 401",
      },
    ],
  });
  expect(await act({})).toMatchObject({ targets: [{ health: "down" }, { health: "unknown" }] });
  expect(await act({ application: "bank" })).toEqual({ targets: [] });
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
