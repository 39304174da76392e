import { exchange, runCharm, testCharm } from "@orrery/charm-testing";
import type { ViewInput } from "@orrery/charm-testing";
import { active, contentDigest, defineCharm } from "@orrery/charm";
import type { ExternalView } from "@orrery/charm";
import { observable } from "@orrery/observability";
import { problem } from "@orrery/problems";
import { defineTelemetry } from "@orrery/telemetry";
import { expect, test } from "vitest";
import { readAdopt } from "./read-adopt.ts";

const charm = await testCharm(import.meta.dirname);

/** A server as the host found it. */
const capabilities = {
  form: 1,
  version: "3.16.0",
  scrapeInterval: "1m",
  scrapeTimeout: "10s",
  carries: "jobs",
  targetJob: "",
  targetTimeout: "10s",
  evaluates: true,
  place: "here",
  folder: "orrery.d",
  targets: [],
  rules: [],
};

const config: NonNullable<ViewInput["config"]> = {
  url: "http://prometheus:9090/",
  directory: "/etc/prometheus/orrery.d",
};

function found(
  more: Partial<Extract<ExternalView, { known: true }>> = {},
): Readonly<Record<string, ExternalView>> {
  return { target: { known: true, capabilities, objects: {}, problems: [], ...more } };
}

/** A product with one port and one alert. */
function product(name: string) {
  const rules = { "shop.yaml": "groups: [{name: shop, rules: [{alert: A, expr: 'shop_up < 1'}]}]" };
  const telemetry = defineTelemetry({ product: name, owner: "team", metrics: [{ port: "http" }], rules });
  return defineCharm({
    name,
    ports: { http: { prefer: 8080 } },
    endpoints: { ...observable(telemetry) },
    telemetry,
    reconcile: () => ({ status: active() }),
  }).load({});
}

/** The bridge's run when it is related to these products. */
function bridged(names: readonly string[], input: Partial<ViewInput> = {}) {
  const parties = Object.fromEntries(names.map((name) => [name, { charm: product(name) }]));
  const run = exchange(
    { ...parties, bridge: { charm, config, external: found(), ...input } },
    names.map((name) => [`${name}:metrics-endpoint`, "bridge:metrics-endpoint"] as const),
  ).get("bridge/0");
  if (!run) throw new Error("no bridge");
  return run;
}

test("before anything was found it wants to be connected, and wants nothing else", () => {
  const run = runCharm(charm, { config });

  expect(run.outcome.external).toEqual({
    target: {
      backend: "prometheus-files",
      connection: { url: "http://prometheus:9090", directory: "/etc/prometheus/orrery.d" },
    },
  });
  expect(run.status).toBe("waiting: to look at the server");
  expect(runCharm(charm).outcome.external).toEqual({});
});

test("a token is named by its secret, and never part of the connection", () => {
  const { external } = runCharm(charm, {
    config: { ...config, token: "secret:9m4e2mr0ui3e8a215n4g" },
  }).outcome;

  expect(external["target"]?.credentials).toBe("secret:9m4e2mr0ui3e8a215n4g");
  expect(JSON.stringify(external["target"]?.connection)).not.toContain("secret");
});

test("what was found is compiled for, product by product, and one more changes no byte of the others", () => {
  const [one, two] = [bridged(["shop"]), bridged(["shop", "bank"])];
  const objects = one.outcome.external["target"]?.objects ?? {};

  expect(Object.keys(objects)).toHaveLength(3);
  expect(two.outcome.external["target"]?.objects).toMatchObject(objects);
  expect(one.status).toBe("waiting: for `orrery apply`: 3 changes");
  expect(one.outcome.expectations.map(({ container }) => container)).toEqual(
    one.outcome.expectations.map(() => "target"),
  );
});

test("once all of it is reported to be live it is active; what is not as it was applied is said", () => {
  const objects = bridged(["shop"]).outcome.external["target"]?.objects ?? {};
  const seen = (state: "live" | "pending" | "drifted", digest?: string) =>
    found({
      objects: Object.fromEntries(
        Object.entries(objects).map(([key, { content }]) => [
          key,
          { state, digest: digest ?? contentDigest(content) },
        ]),
      ),
    });

  expect(bridged(["shop"], { external: seen("live") }).status).toMatch(/^active: 1 target, \d rules$/);
  expect(bridged(["shop"], { external: seen("pending") }).status).toBe(
    "waiting: for the server to report 3 files",
  );
  expect(bridged(["shop"], { external: seen("drifted") }).status).toMatch(
    /^blocked: 3 files changed by somebody else/,
  );
  expect(bridged(["shop"], { external: seen("live", "other") }).status).toBe(
    "waiting: for `orrery apply`: 3 changes",
  );
  expect(bridged([], { external: seen("live") }).status).toBe("waiting: for `orrery apply`: 3 changes");
});

test("a server that stops answering stays known: what is wanted of it stays the same", () => {
  const problems = [problem("EXTERNAL_UNREACHABLE", { message: "nobody there" })];
  const run = bridged(["shop"], { external: found({ problems }) });

  expect(run.outcome.external).toEqual(bridged(["shop"]).outcome.external);
  expect(run.status).toBe("blocked: nobody there: see `orrery plan`");
});

test("what another version of the bridge has found is as good as nothing", () => {
  const run = bridged(["shop"], { external: found({ capabilities: { form: 0 } }) });

  expect(run.outcome.external["target"]).not.toHaveProperty("objects");
});

test("a product hears what of it is not carried", () => {
  const elsewhere = { ...capabilities, place: "elsewhere" };
  const run = bridged(["shop"], { external: found({ capabilities: elsewhere }) });

  expect(run.published("metrics-endpoint").application?.["event"]).toContain("EXTERNAL_TARGET_UNREACHABLE");
  expect(run.codes).toContain("EXTERNAL_TARGET_UNREACHABLE");
});

test("products to adopt are named by labels of theirs", () => {
  expect(readAdopt("mongodb=job:mongodb  web-shop=job:shop,instance:a:1")).toEqual({
    mongodb: { job: "mongodb" },
    "web-shop": { job: "shop", instance: "a:1" },
  });
  expect(readAdopt("")).toEqual({});
  const run = bridged(["shop"], {
    config: { ...config, adopt: "shop=job:theirs" },
    external: found({
      capabilities: {
        ...capabilities,
        targets: [{ pool: "theirs", address: "x:1", url: "http://x:1/metrics", labels: { job: "theirs" } }],
      },
    }),
  });
  expect(Object.keys(run.outcome.external["target"]?.objects ?? {})).toEqual([
    "rules-metrics-endpoint-1-adopted.yml",
  ]);
});

test.for(["shop", "shop=job", "shop=job:", "=job:x", "shop=job:x,"])(
  "an option that names no adoption, such as %s, is refused",
  (adopt) => {
    expect(() => runCharm(charm, { config: { ...config, adopt } })).toThrow(
      expect.objectContaining({ code: "VIEW_IMPOSSIBLE" }),
    );
  },
);
