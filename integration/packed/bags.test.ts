import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bag, LoadedCharm } from "@orrery/charm";
import { runCharm, testCharm } from "@orrery/charm-testing";
import type { HookRequest, JujuState, StrictJuju } from "@orrery/juju-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UnpackedCharm, charmFolder, pack, storefrontJuju } from "./packed-charm.ts";

const home = mkdtempSync(join(tmpdir(), "orrery-bags-"));
let charm: UnpackedCharm;
let inProcess: LoadedCharm;

beforeAll(async () => {
  charm = await UnpackedCharm.of(await pack("products/storefront", home));
  inProcess = await testCharm(charmFolder("products/storefront"));
});

afterAll(async () => {
  await charm[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

/** Keys that Juju writes into each unit's bag by itself. */
const JUJU = {
  "ingress-address": "10.1.2.3",
  "private-address": "10.1.2.3",
  "egress-subnets": "10.1.2.3/32",
};

const scraped: JujuState["relations"][number] = {
  endpoint: "metrics-endpoint",
  application: "prometheus",
  units: ["prometheus/0"],
  bags: {
    "storefront/0": JUJU,
    "prometheus/0": { "ingress-address": "10.1.9.9" },
    prometheus: { event: '{"errors": "one rule is bad"}' },
  },
};

/** Runs a hook of the packed charm, and holds what it wrote against what the charm in this process writes on the same view. */
async function step(juju: StrictJuju, request: HookRequest, change: Partial<JujuState> = {}): Promise<void> {
  juju.state = { ...juju.state, ...change };
  const { exitCode, output } = await charm.dispatch(juju, request);
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
  const { unit, relations, leader } = juju.state;
  for (const [id, relation] of Object.entries(relations)) {
    if (relation.endpoint !== "metrics-endpoint") continue;
    const wanted = published(juju.state, Number(id));
    const {
      "ingress-address": _a,
      "private-address": _b,
      "egress-subnets": _c,
      ...own
    } = relation.bags[unit] ?? {};
    // Only the leader writes for its application; what it wrote before stays.
    const application = leader ? relation.bags["storefront"] : wanted.application;
    expect({ unit: own, application }).toEqual({ unit: wanted.unit, application: wanted.application });
  }
}

function published(state: JujuState, id: number): { readonly unit?: Bag; readonly application?: Bag } {
  const { unit, leader, units, config, address, model } = state;
  const relation = state.relations[id] ?? scraped;
  const run = runCharm(inProcess, {
    application: "storefront",
    unit: Number(unit.split("/")[1]),
    units: Object.values(units).filter((status) => status !== "dying").length,
    leader,
    config,
    model,
    network: { address },
    relations: [
      {
        id,
        endpoint: relation.endpoint,
        application: relation.application,
        units: relation.units,
        bags: {
          remoteApplication: relation.bags[relation.application] ?? {},
          remoteUnits: Object.fromEntries(relation.units.map((one) => [one, relation.bags[one] ?? {}])),
        },
      },
    ],
  });
  return run.published("metrics-endpoint", id);
}

test("over deploy, relate, scale, config, unrelate and leader loss, its bags are those of the same charm in this process", async () => {
  const juju = storefrontJuju();
  const { relations } = juju.state;
  for (const hook of [
    "install",
    "orrery-units-relation-created",
    "leader-elected",
    "config-changed",
    "start",
  ]) {
    await step(juju, hook.startsWith("orrery") ? { hook, relation: 0 } : { hook });
  }
  await step(
    juju,
    { hook: "metrics-endpoint-relation-created", relation: 4 },
    { relations: { ...relations, 4: scraped } },
  );
  await step(juju, { hook: "metrics-endpoint-relation-joined", relation: 4, unit: "prometheus/0" });
  await step(juju, { hook: "metrics-endpoint-relation-changed", relation: 4, unit: "prometheus/0" });
  expect(Object.keys(juju.state.relations[4]?.bags["storefront"] ?? {})).toContain("alert_rules");

  const peers = { ...juju.state.relations[0]!, units: ["storefront/1"] };
  const units = { "storefront/0": "active", "storefront/1": "active" };
  const before = juju.state.relations[4]?.bags["storefront"];
  await step(
    juju,
    { hook: "orrery-units-relation-joined", relation: 0, unit: "storefront/1" },
    {
      units,
      relations: { ...juju.state.relations, 0: peers },
    },
  );
  // A unit that should be there is watched for.
  expect(juju.state.relations[4]?.bags["storefront"]).not.toEqual(before);

  const config = { "storefront-error-rate-threshold": 0.2, fault: "latency", traffic: 3 };
  await step(juju, { hook: "config-changed" }, { config });
  await step(juju, { hook: "update-status" }, { leader: false });
  await step(juju, { hook: "leader-elected" }, { leader: true, config: {} });
  const departed = { ...juju.state.relations[4]!, units: [] };
  await step(
    juju,
    {
      hook: "metrics-endpoint-relation-departed",
      relation: 4,
      unit: "prometheus/0",
      departing: "prometheus/0",
    },
    { relations: { ...juju.state.relations, 4: departed } },
  );
  const broken = juju.state.relations[4];
  const { exitCode } = await charm.dispatch(juju, { hook: "metrics-endpoint-relation-broken", relation: 4 });
  expect(exitCode).toBe(0);
  expect(juju.state.relations[4]).toEqual(broken);
  const { 4: _gone, ...rest } = juju.state.relations;
  await step(juju, { hook: "update-status" }, { relations: rest });
});

test("a second unit writes its own address, and nothing of its application", async () => {
  const juju = storefrontJuju({
    unit: "storefront/1",
    leader: false,
    address: "10.1.2.4",
    units: { "storefront/0": "active", "storefront/1": "active" },
    relations: { 4: { ...scraped, bags: { "prometheus/0": {} } } },
  });

  await step(juju, { hook: "metrics-endpoint-relation-created", relation: 4 });
  expect(juju.state.relations[4]?.bags["storefront/1"]).toMatchObject({
    prometheus_scrape_unit_address: "10.1.2.4",
    prometheus_scrape_unit_name: "storefront/1",
  });
});
