import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HookRequest, StrictJuju } from "@orrery/juju-host/testing";
import { UnpackedCharm, lineOf, pack, storefrontJuju } from "./packed-charm.ts";

const home = mkdtempSync(join(tmpdir(), "orrery-golden-"));
let storefront: UnpackedCharm;
let receiver: UnpackedCharm;

beforeAll(async () => {
  // Where there is no pod its containers are waited for, so that nothing of the machine is touched.
  const substrate = "kubernetes";
  storefront = await UnpackedCharm.of(await pack("products/storefront", home, { substrate }));
  receiver = await UnpackedCharm.of(await pack("stack/webhook-receiver", home, { substrate }));
});

afterAll(async () => {
  await storefront[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

async function lines(juju: StrictJuju, request: HookRequest): Promise<readonly string[]> {
  const { exitCode, output, calls } = await storefront.dispatch(juju, request);
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
  return calls.map(lineOf);
}

const READING = [
  "network-get --format=json juju-info",
  "is-leader --format=json",
  "config-get --format=json",
];
const READING_ON = [
  "goal-state --format=json",
  "secret-ids --format=json",
  "opened-ports --format=json",
  "state-get --format=json orrery",
];
/** The shop may be given a certificate; here nobody is related to give one. */
const NO_AUTHORITY = "relation-ids certificates --format=json";
const WAITING = "status-set --application=false waiting -- for container shop";

test("deploy: the first hooks open the port and write a status, in these command lines", async () => {
  const juju = storefrontJuju();

  expect(await lines(juju, { hook: "install" })).toEqual([
    ...READING,
    ...READING_ON,
    "open-port 8080/tcp",
    WAITING,
  ]);
  for (const hook of ["leader-elected", "config-changed", "start", "update-status"]) {
    expect(await lines(juju, { hook })).toEqual([
      ...READING,
      "relation-ids metrics-endpoint --format=json",
      NO_AUTHORITY,
      ...READING_ON,
      WAITING,
    ]);
  }
});

test("integrate, config, unrelate: each relation is read whole, and each bag written once, only when it differs", async () => {
  const juju = storefrontJuju();
  const related = {
    endpoint: "metrics-endpoint",
    application: "prometheus",
    units: ["prometheus/0"],
    bags: { "prometheus/0": { "ingress-address": "10.1.9.9" } },
  };
  juju.state = { ...juju.state, relations: { ...juju.state.relations, 4: related } };
  const relation = [
    "relation-ids metrics-endpoint --format=json",
    "relation-list --format=json -r metrics-endpoint:4",
    "relation-model-get --format=json -r metrics-endpoint:4",
    "relation-get --format=json -r metrics-endpoint:4 - prometheus/0",
    "relation-get --format=json -r metrics-endpoint:4 - storefront/0",
    "relation-get --format=json -r metrics-endpoint:4 --app - storefront",
    "relation-get --format=json -r metrics-endpoint:4 --app - prometheus",
    NO_AUTHORITY,
  ];

  const created = await lines(juju, { hook: "metrics-endpoint-relation-created", relation: 4 });
  expect(created).toEqual([
    ...READING,
    ...relation,
    ...READING_ON,
    'relation-set -r metrics-endpoint:4 --file - < {"prometheus_scrape_unit_address": "10.1.2.3", "prometheus_scrape_unit_name": "storefront/0"}',
    expect.stringMatching(/^relation-set -r metrics-endpoint:4 --app --file - < \{"alert_rules": /),
    "open-port 8080/tcp",
    WAITING,
  ]);
  const request = { relation: 4, unit: "prometheus/0" };
  for (const what of ["joined", "changed"]) {
    expect(await lines(juju, { hook: `metrics-endpoint-relation-${what}`, ...request })).toEqual([
      ...READING,
      ...relation,
      ...READING_ON,
      WAITING,
    ]);
  }
  juju.state = { ...juju.state, config: { "storefront-slow-threshold": 2 } };
  const changed = await lines(juju, { hook: "config-changed" });
  expect(changed.filter((line) => line.startsWith("relation-set"))).toEqual([
    expect.stringMatching(
      /^relation-set -r metrics-endpoint:4 --app --file - < \{"alert_rules": "[^"]*…?"?\}?/,
    ),
  ]);
  expect(await lines(juju, { hook: "metrics-endpoint-relation-broken", relation: 4 })).toEqual([
    ...READING,
    "relation-ids metrics-endpoint --format=json",
    NO_AUTHORITY,
    ...READING_ON,
    WAITING,
  ]);
});

test("leader loss: a unit that no longer leads neither reads nor writes its application's bag", async () => {
  const juju = storefrontJuju({ leader: false });
  const related = { endpoint: "metrics-endpoint", application: "prometheus", units: [], bags: {} };
  juju.state = { ...juju.state, relations: { 4: related } };

  const told = await lines(juju, { hook: "leader-settings-changed" });
  expect(told.filter((line) => line.includes("--app "))).toEqual([
    "relation-list --format=json --app -r metrics-endpoint:4",
    "relation-get --format=json -r metrics-endpoint:4 --app - prometheus",
  ]);
});

test("a hook whose tools fail ends with 1 and the reason in Juju's log, and nothing of it is kept", async () => {
  const juju = storefrontJuju({ version: "3.6.1" });
  const related = {
    endpoint: "metrics-endpoint",
    application: "prometheus",
    units: ["prometheus/0"],
    bags: {},
  };
  juju.state = { ...juju.state, relations: { 4: related }, config: { traffic: 1 } };
  const before = juju.state;
  // An agent that takes no state, as one whose store is full.
  Object.defineProperty(juju.state, "ports", { get: () => "none" });

  const { exitCode, calls } = await storefront.dispatch(juju, { hook: "config-changed" });
  expect(exitCode).toBe(1);
  expect(lineOf(calls.at(-1)!)).toBe(
    "juju-log --log-level ERROR -- HOOK_TOOL_FAILED: hook tool opened-ports answered something else than a list of texts",
  );
  expect(juju.state).toBe(before);
});

test("an action reads its parameters, and tells its failure without failing its hook", async () => {
  const juju = storefrontJuju({
    unit: "webhook-receiver/0",
    endpoints: ["remote-configuration"],
    relations: {},
  });

  const { exitCode, calls } = await receiver.dispatch(juju, {
    hook: "show",
    action: { params: { limit: 2 } },
  });
  expect(exitCode).toBe(0);
  const said = calls.map(lineOf).filter((line) => line.startsWith("action-"));
  expect(said[0]).toBe("action-get --format=json");
  expect(said[1]).toMatch(/^action-fail -- /);
});

test("what is no hook of Juju's ends with 1 and says what is missing", async () => {
  const juju = storefrontJuju();
  const { exitCode, output, calls } = await storefront.dispatch(juju, {
    hook: "start",
    variables: { JUJU_UNIT_NAME: "" },
  });

  expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
  expect(output).toContain("variable JUJU_UNIT_NAME is missing");
});
