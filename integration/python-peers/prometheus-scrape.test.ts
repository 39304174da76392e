import { fileURLToPath } from "node:url";
import type { Bag } from "@orrery/charm";
import { runCharm, testCharm } from "@orrery/charm-testing";
import { feedback, requirer } from "@orrery/relations/prometheus-scrape";
import { identifier } from "@orrery/topology";
import { expect, test } from "vitest";
import { leaderOf, relationView } from "./relation-view.ts";
import { MODEL, runScenario } from "./run-scenario.ts";

interface ReaderReport {
  readonly applications: Readonly<
    Record<
      string,
      {
        readonly identifier: string;
        readonly labels: Readonly<Record<string, string>>;
        readonly groups: readonly { readonly name: string; readonly rules: readonly object[] }[];
        readonly error: string | null;
        readonly targets: readonly string[];
      }
    >
  >;
}

const greet = (unit: number, bag: Bag = {}) =>
  runScenario<{ readonly events: readonly string[] }>({
    charm: "greeter",
    application: "zinc",
    unit,
    leader: unit === 0,
    address: `10.1.7.2${unit}`,
    event: "relation-changed",
    relation: { endpoint: "metrics-endpoint", id: 1, application: "prometheus", remoteApplication: bag },
  });

test("cosl reads who our storefront is, where it is scraped, and its rules, and leaves them as they are", async () => {
  const shop = await testCharm(fileURLToPath(new URL("../../charms/products/storefront", import.meta.url)));
  const [first, second] = [0, 1].map((unit) =>
    runCharm(shop, {
      model: MODEL,
      application: "shop",
      unit,
      units: 2,
      leader: unit === 0,
      network: { address: `10.1.7.2${unit}` },
      relations: [{ endpoint: "metrics-endpoint" }],
    }).published("metrics-endpoint"),
  );
  const application = first?.application ?? {};
  const { report, status } = await runScenario<ReaderReport>({
    charm: "reader",
    application: "prometheus",
    event: "relation-changed",
    relation: {
      endpoint: "metrics-endpoint",
      id: 1,
      application: "shop",
      remoteApplication: application,
      remoteUnits: { 0: first?.unit ?? {}, 1: second?.unit ?? {} },
    },
  });

  const who = { model: MODEL.name, modelUuid: MODEL.uuid, application: "shop", charm: "storefront" };
  const written: Pick<ReaderReport["applications"][string], "groups"> = JSON.parse(
    application["alert_rules"] ?? "",
  );
  expect(written.groups.length).toBeGreaterThan(0);
  expect(report.applications).toEqual({
    shop: {
      identifier: identifier(who),
      labels: {
        juju_model: who.model,
        juju_model_uuid: who.modelUuid,
        juju_application: who.application,
        juju_charm: who.charm,
      },
      groups: written.groups,
      error: null,
      targets: ["10.1.7.20:8080", "10.1.7.21:8080"],
    },
  });
  expect(status.status).toBe("active");
});

test("ours read who a Python charm is, where its units are scraped, and its rules within its identity", async () => {
  const [first, second] = [await greet(0), await greet(1)];
  const view = relationView("zinc", {
    remoteApplication: first.application,
    remoteUnits: { 0: first.unit, 1: second.unit },
  });
  const { value, problems } = requirer().decode(view);

  expect(problems).toEqual([]);
  expect(second.application).toEqual({});
  expect(value.identity).toEqual({
    model: MODEL.name,
    modelUuid: MODEL.uuid,
    application: "zinc",
    charm: "greeter",
  });
  expect(value.scrapes).toMatchObject([
    {
      path: "/metrics",
      targets: [
        { address: "10.1.7.20:9105", unit: "zinc/0" },
        { address: "10.1.7.21:9105", unit: "zinc/1" },
      ],
    },
  ]);
  const matchers = `juju_application="zinc",juju_model="obs",juju_model_uuid="${MODEL.uuid}"`;
  expect(value.ruleGroups.map(({ name, rules }) => [name, rules.map(({ expr }) => expr)])).toEqual([
    [
      "obs_7a3c1f0e_zinc_greeter_rules",
      [
        `rate(greeter_greetings_total{${matchers}}[5m])`,
        `changes(greeter_start_time_seconds{${matchers}}[10m]) > 2`,
      ],
    ],
    ["obs_7a3c1f0e_zinc_silent_rules", [`absent(greeter_greetings_total{${matchers}})`]],
    ["obs_7a3c1f0e_zinc_HostHealth_rules", [`up{${matchers}} < 1`, `absent(up{${matchers}})`]],
  ]);
  expect(requirer({ scoping: "compatible" }).decode(view)).toEqual({ value, problems: [] });
});

test("what ours could not take of a Python charm's rules is told to it", async () => {
  const { application, unit } = await greet(0);
  const bad = { groups: [{ name: "g", rules: [{ alert: "X", expr: "up >" }] }] };
  const view = relationView("zinc", {
    remoteApplication: { ...application, alert_rules: JSON.stringify(bad) },
    remoteUnits: { 0: unit },
  });
  const { problems } = requirer().decode(view);
  const { application: event = {} } = requirer().encode(feedback(problems), view, leaderOf("prometheus"));

  const { report } = await greet(0, event);
  expect(JSON.parse(report.events[0] ?? "")).toEqual({ errors: expect.stringContaining("QUERY_") });
});
