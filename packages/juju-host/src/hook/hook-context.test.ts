import { expect, test } from "vitest";
import { hookEnvironment } from "../testing/hook-environment.ts";
import { jujuState } from "../testing/juju-state.ts";
import { readContext } from "./hook-context.ts";
import { isAtLeast, parseJujuVersion } from "./juju-version.ts";

const state = jujuState({
  unit: "my-shop/12",
  relations: { 7: { endpoint: "my_ep", application: "loki", units: [], bags: {} } },
});
const read = (hook: string, more: object = {}): unknown =>
  readContext(hookEnvironment(state, { hook, ...more }, "/charm")).event;

test("hooks are told apart by their names, verbatim, and empty variables are absent ones", () => {
  expect(read("install")).toEqual({ kind: "lifecycle", name: "install" });
  expect(read("my_ep-relation-changed", { relation: 7 })).toEqual({
    kind: "relation",
    what: "changed",
    endpoint: "my_ep",
    id: 7,
    application: "loki",
  });
  expect(read("my_ep-relation-departed", { relation: 7, unit: "loki/3", departing: "my-shop/12" })).toEqual({
    kind: "relation",
    what: "departed",
    endpoint: "my_ep",
    id: 7,
    application: "loki",
    unit: "loki/3",
    departing: "my-shop/12",
  });
  const secret = { JUJU_SECRET_ID: "secret:abc", JUJU_SECRET_REVISION: "2" };
  expect(read("secret-remove", { variables: secret })).toEqual({
    kind: "secret-remove",
    uri: "secret:abc",
    revision: 2,
  });
  expect(read("show", { action: { params: {} } })).toEqual({ kind: "action", name: "show" });
  for (const name of [
    "shop-pebble-ready",
    "data-storage-attached",
    "secret-changed",
    "a-b-pebble-check-failed",
  ]) {
    expect(read(name)).toEqual({ kind: "other", name });
  }
  expect(read("meter-status-changed")).toBeUndefined();
});

test.for([
  { what: "no unit", change: { JUJU_UNIT_NAME: "" }, told: "variable JUJU_UNIT_NAME is missing" },
  { what: "a unit without a number", change: { JUJU_UNIT_NAME: "shop" }, told: '"shop" is no unit\'s name' },
  {
    what: "no version",
    change: { JUJU_VERSION: "next" },
    told: 'JUJU_VERSION is "next", which is no version',
  },
  { what: "no path", change: { JUJU_DISPATCH_PATH: "" }, told: "variable JUJU_DISPATCH_PATH is missing" },
])("an environment with $what is refused by name", ({ change, told }) => {
  const environment = { ...hookEnvironment(state, { hook: "start" }, "/charm"), ...change };
  expect(() => readContext(environment)).toThrow(
    expect.objectContaining({ code: "HOOK_ENVIRONMENT_INVALID", message: told }),
  );
});

const atLeast = (text: string, wanted: readonly [number, number, number]): boolean =>
  isAtLeast(parseJujuVersion(text)!, wanted);

test("versions are read as Juju writes them, and one on its way to another does not have what that has", () => {
  expect(atLeast("3.6.14", [3, 6, 2])).toBe(true);
  expect(atLeast("3.6.1.1", [3, 6, 2])).toBe(false);
  expect(atLeast("4.0-beta2", [3, 6, 2])).toBe(true);
  expect(atLeast("4.0-beta2", [4, 0, 0])).toBe(false);
  expect(parseJujuVersion("three")).toBeUndefined();
});
