import { expect, test } from "vitest";
import { bindTelemetry } from "./bind-telemetry.ts";
import type { TelemetryBindings } from "./bind-telemetry.ts";
import { files } from "./declaration.ts";
import { defineTelemetry } from "./define-telemetry.ts";
import { resolveDeclaration } from "./resolve-declaration.ts";

const identity = {
  model: "obs",
  modelUuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713",
  application: "shop",
  charm: "storefront",
};
const OURS =
  'juju_application="shop",juju_model="obs",juju_model_uuid="7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713"';

const storefront = defineTelemetry({
  product: "storefront",
  owner: "web-team",
  metrics: [{ port: "http", interval: "5s" }],
  rules: files("./rules"),
});

const texts = {
  "errors.yaml": `
alert: HighErrorRate
expr: rate(shop_errors_total[5m]) > %%threshold%%
for: "%%for%%"
labels: { severity: "%%severity%%" }
parameters:
  threshold: { type: number, default: 0.05, minimum: 0, maximum: 1, unit: ratio, description: Share of failures }
  for: { type: duration, default: 5m }
  severity: warning
next: Look at the routes that fail.
`,
};

const resolved = resolveDeclaration(storefront, { "./rules": texts });

const bind = (changes: Partial<TelemetryBindings> = {}, of = resolved) =>
  bindTelemetry(of, {
    identity,
    metrics: of.declaration.metrics ?? [],
    ports: { http: 8080 },
    options: {},
    units: ["shop/0", "shop/1"],
    ...changes,
  });

const alerts = (telemetry: ReturnType<typeof bind>) =>
  new Map(
    telemetry.value.ruleGroups.flatMap(({ rules }) =>
      rules.map((rule) => ["alert" in rule ? rule.alert : rule.record, rule]),
    ),
  );

test("units that share an address are named, each with its own number", () => {
  const shared = {
    address: "192.0.2.7",
    ports: { "shop/0": { http: 8080 }, "shop/1": { http: 8081 }, "shop/2": {} },
  };

  expect(bind({ shared }).value.scrapes[0]?.targets).toEqual([
    { address: "192.0.2.7:8080", unit: "shop/0", labels: {} },
    { address: "192.0.2.7:8081", unit: "shop/1", labels: {} },
  ]);
  expect(bind().value.scrapes[0]?.targets).toEqual([{ address: "*:8080", labels: {} }]);
});

test("rule parameters become options that a host can check", () => {
  expect(resolved.problems).toEqual([]);
  expect(resolved.options.map(({ name }) => name)).toEqual([
    "high-error-rate-for",
    "high-error-rate-severity",
    "high-error-rate-threshold",
    "host-down-for",
    "host-down-severity",
    "host-metrics-missing-for",
    "host-metrics-missing-severity",
    "unit-metrics-missing-for",
    "unit-metrics-missing-severity",
  ]);
  expect(resolved.options[2]).toEqual({
    name: "high-error-rate-threshold",
    description: "Share of failures (ratio)",
    type: "float",
    default: 0.05,
    minimum: 0,
    maximum: 1,
  });
  expect(resolved.options[1]).toMatchObject({
    type: "string",
    default: "warning",
    oneOf: ["critical", "warning", "info"],
  });
});

test("an application's telemetry has numbers for ports, its identity on every rule, and watches over presence", () => {
  const bound = bind();

  expect(bound.problems).toEqual([]);
  expect(bound.value).toMatchObject({ identity, owner: "web-team" });
  expect(bound.value.scrapes).toEqual([
    {
      name: "",
      path: "/metrics",
      scheme: "http",
      interval: "5s",
      targets: [{ address: "*:8080", labels: {} }],
      origin: { application: "shop", index: 0 },
    },
  ]);
  expect(bound.value.ruleGroups.map(({ name }) => name)).toEqual([
    "obs_7a3c1f0e_shop_errors_rules",
    "obs_7a3c1f0e_shop_HostHealth_rules",
    "obs_7a3c1f0e_shop_UnitPresence_rules",
  ]);
  expect(alerts(bound).get("HighErrorRate")).toMatchObject({
    expr: `rate(shop_errors_total{${OURS}}[5m]) > 0.05`,
    for: "5m",
    labels: { severity: "warning", juju_application: "shop", juju_model: "obs", juju_charm: "storefront" },
    annotations: { owner: "web-team", next_step: "Look at the routes that fail." },
  });
  expect(bound.value.ruleGroups[2]?.rules.map(({ expr }) => expr)).toEqual([
    `absent(up{${OURS},juju_unit="shop/0"} == 1)`,
    `absent(up{${OURS},juju_unit="shop/1"} == 1)`,
  ]);
});

test("options tune rules, generic ones too, and a value that does not fit leaves the default", () => {
  const bound = bind({
    options: {
      "high-error-rate-threshold": 0.5,
      "high-error-rate-for": "soon",
      "host-down-for": "30s",
      fault: "none",
    },
  });

  expect(alerts(bound).get("HighErrorRate")).toMatchObject({
    expr: expect.stringContaining("> 0.5"),
    for: "5m",
  });
  expect(alerts(bound).get("HostDown")).toMatchObject({ for: "30s" });
  expect(bound.problems).toMatchObject([{ code: "RULE_OVERRIDE_INVALID" }]);
});

test("the defaults of all options, as a host fills them in, change nothing", () => {
  const options = Object.fromEntries(resolved.options.map((option) => [option.name, option.default]));

  expect(bind({ options })).toEqual(bind());
  expect(bind({ options, units: [] }).problems).toEqual([]);
});

test("an endpoint that cannot be bound is left out alone", () => {
  const metrics = [
    { port: "grpc", job: "a" },
    { port: "http", job: "b", labels: { juju_unit: "x" } },
    { port: "http", job: "c" },
  ];
  const { value, problems } = bind({ metrics });

  expect(value.scrapes.map(({ name }) => name)).toEqual(["c"]);
  expect(problems.map(({ code, origin }) => [code, origin.item])).toEqual([
    ["TELEMETRY_UNKNOWN_PORT", "a"],
    ["TELEMETRY_INVALID", "b"],
  ]);
});

test("explicit targets take the place of units, each for the endpoint with its port", () => {
  const metrics = [
    { port: 9100, job: "node" },
    { port: 9102, job: "app" },
  ];
  const { value, problems } = bind({
    metrics,
    targets: ["10.0.0.1:9100", "Host.example", "10.0.0.2:7", "169.254.1.1:9100"],
  });

  expect(value.scrapes.map(({ targets }) => targets.map(({ address }) => address))).toEqual([
    ["10.0.0.1:9100", "host.example:9100"],
    ["host.example:9102"],
  ]);
  expect(problems.map(({ code }) => code)).toEqual(["TELEMETRY_TARGET_INVALID", "TELEMETRY_TARGET_INVALID"]);
  expect(value.ruleGroups.map(({ name }) => name)).not.toContain("obs_7a3c1f0e_shop_UnitPresence_rules");
});

test("a rule that does not parse or claims another identity is left out alone, with its place", () => {
  const broken = resolveDeclaration(storefront, {
    "./rules": {
      ...texts,
      "bad.yaml":
        "groups:\n- name: bad\n  rules:\n  - {alert: A, expr: 'up >'}\n  - {alert: B, expr: 'up{juju_application=\"other\"}'}\n",
    },
  });
  const bound = bind({}, broken);

  expect(alerts(bound).get("HighErrorRate")).toEqual(alerts(bind()).get("HighErrorRate"));
  expect(alerts(bound).has("A") || alerts(bound).has("B")).toBe(false);
  expect(bound.problems.map(({ origin }) => [origin.file, origin.item])).toEqual([
    ["bad.yaml", "A"],
    ["bad.yaml", "B"],
  ]);
});

test("rules may stand in the declaration itself; a product without metrics has no generic rules", () => {
  const inline = resolveDeclaration(defineTelemetry({ product: "x", rules: texts }), {});

  expect(bind({}, inline).value.ruleGroups.map(({ name }) => name)).toEqual([
    "obs_7a3c1f0e_shop_errors_rules",
  ]);
  expect(inline.options.map(({ name }) => name)).not.toContain("host-down-for");
});

test("a marked folder that is missing is the author's error", () => {
  expect(() => resolveDeclaration(storefront, {})).toThrow(
    expect.objectContaining({ code: "CHARM_INVALID" }),
  );
});
