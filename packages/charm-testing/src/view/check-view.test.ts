import { active, defineCharm } from "@orrery/charm";
import type { Charm, Endpoint } from "@orrery/charm";
import { expect, test } from "vitest";
import { buildView } from "./build-view.ts";
import type { ViewInput } from "./view-input.ts";

function end(role: "provides" | "requires" | "peers", limit?: number): Endpoint<undefined, never> {
  return {
    role,
    interface: "thing",
    ...(limit === undefined ? {} : { limit }),
    decode: () => ({ value: undefined, problems: [] }),
    encode: () => ({}),
  };
}

const charm: Charm = defineCharm({
  name: "shop",
  config: { size: { type: "int", default: 1, maximum: 9 } },
  ports: { http: { prefer: 8080 }, admin: { prefer: 8081 } },
  containers: { web: { program: "node" } },
  endpoints: { out: end("provides"), single: end("requires", 1), peers: end("peers") },
  reconcile: () => ({ status: active() }),
});
const { manifest } = charm.load({});

test("what a test does not say is filled in as a host would", () => {
  expect(
    buildView(manifest, { unit: 1, relations: [{ endpoint: "out" }, { endpoint: "peers" }] }),
  ).toMatchObject({
    unit: "shop/1",
    leader: false,
    units: ["shop/0", "shop/1"],
    config: { size: 1 },
    network: { ports: { http: 8080, admin: 8081 } },
    relations: [
      { id: 1, application: "remote", units: ["remote/0"], interface: "thing" },
      { id: 2, application: "shop", units: ["shop/0"] },
    ],
    containers: { web: { ready: true, program: { path: "/programs/node" } } },
  });
});

test.for<{ what: string; view: ViewInput; told: string }>([
  {
    what: "an unknown option",
    view: { config: { sice: 1 } },
    told: "option sice is not declared; declared are size",
  },
  {
    what: "a value past its limit",
    view: { config: { size: 10 } },
    told: "allowed is a whole number up to 9",
  },
  {
    what: "a number as a text",
    view: { config: { size: "5" } },
    told: 'option size is the text "5"; a host gives 5',
  },
  {
    what: "an unknown endpoint",
    view: { relations: [{ endpoint: "aut" }] },
    told: "endpoint aut is not declared",
  },
  { what: "an unknown container", view: { containers: { db: {} } }, told: "container db is not declared" },
  { what: "an unknown port", view: { network: { ports: { smtp: 25 } } }, told: "port smtp is not declared" },
  { what: "two ports of one number", view: { network: { ports: { admin: 8080 } } }, told: "have one number" },
  {
    what: "a lone unit that does not lead",
    view: { leader: false, units: 1 },
    told: "is alone, so it leads",
  },
  {
    what: "a unit past the application's",
    view: { unit: 3, units: 2 },
    told: "unit shop/3 is not among the application's units",
  },
  {
    what: "one relation twice",
    view: {
      relations: [
        { endpoint: "out", id: 4 },
        { endpoint: "out", id: 4 },
      ],
    },
    told: "relation id 4 is there twice",
  },
  {
    what: "more relations than an endpoint takes",
    view: { relations: [{ endpoint: "single" }, { endpoint: "single" }] },
    told: "endpoint single has more than its 1",
  },
  {
    what: "a unit of another application",
    view: { relations: [{ endpoint: "out", application: "a", units: ["b/0"] }] },
    told: "unit b/0, which is not one of a",
  },
  {
    what: "a bag of a unit that is not there",
    view: { relations: [{ endpoint: "out", bags: { remoteUnits: { "remote/9": {} } } }] },
    told: "bag of remote/9",
  },
  {
    what: "a relation with itself",
    view: { relations: [{ endpoint: "out", application: "shop" }] },
    told: "with the charm's own application",
  },
  {
    what: "peers of another application",
    view: { relations: [{ endpoint: "peers", application: "other" }] },
    told: "is with peers, but names application other",
  },
  {
    what: "an application bag that only the leader reads",
    view: { unit: 1, relations: [{ endpoint: "out", bags: { localApplication: { a: "b" } } }] },
    told: "does not lead",
  },
  {
    what: "a number in a bag",
    view: { relations: [{ endpoint: "out", bags: { remoteApplication: JSON.parse('{"port":80}') } }] },
    told: "something other than texts",
  },
  {
    what: "a secret with a name in place of a URI",
    view: { secrets: { token: { revision: 1, content: { token: "t" } } } },
    told: 'secret "token" is not named by a secret\'s URI',
  },
  {
    what: "a secret of a relation that is not there",
    view: {
      secrets: { "secret:abcdefghij0123456789": { revision: 1, content: { token: "t" }, sharedWith: [3] } },
    },
    told: "is shared with relation 3",
  },
])("refuses $what", ({ view, told }) => {
  expect(() => buildView(manifest, view)).toThrow(
    expect.objectContaining({ code: "VIEW_IMPOSSIBLE", message: expect.stringContaining(told) }),
  );
});
