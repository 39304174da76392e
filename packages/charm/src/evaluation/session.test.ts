import { expect, test } from "vitest";
import { defineCharm } from "../definition/define-charm.ts";
import { perRelation } from "../definition/draft.ts";
import type { Draft } from "../definition/draft.ts";
import type { AnyEndpoint, Endpoint, Endpoints } from "../definition/endpoint.ts";
import { active } from "../outcome/status.ts";
import type { Outcome } from "../outcome/outcome.ts";
import type { RelationView, View } from "../view/view.ts";

const words: Endpoint<string, string> = {
  role: "requires",
  interface: "words",
  decode: ({ bags }) => {
    if (bags.remoteApplication["bomb"] !== undefined) throw new TypeError("stumbled");
    return { value: bags.remoteApplication["word"] ?? "", problems: [] };
  },
  encode: (word, _relation, { leader }) => ({ unit: { word }, ...(leader ? { application: { word } } : {}) }),
};
const telemetry: Endpoint<undefined, { readonly scrapes: readonly unknown[] }> = {
  role: "provides",
  interface: "telemetry",
  carries: "telemetry",
  decode: () => ({ value: undefined, problems: [] }),
  encode: ({ scrapes }) => ({ application: { scrapes: JSON.stringify(scrapes) } }),
};

function relation(
  id: number,
  more: Partial<RelationView> & { readonly said?: Readonly<Record<string, string>> } = {},
): RelationView {
  const { said, ...rest } = more;
  const bags = { localApplication: {}, localUnit: {}, remoteApplication: said ?? {}, remoteUnits: {} };
  return {
    id,
    endpoint: "words",
    interface: "words",
    application: `app${id}`,
    units: [`app${id}/0`],
    version: 1,
    granted: [],
    bags,
    ...rest,
  };
}

function viewOf(relations: readonly RelationView[], more: Partial<View> = {}): View {
  return {
    protocol: 1,
    model: { name: "m", uuid: "00000000-0000-4000-8000-000000000000" },
    application: "reader",
    unit: "reader/0",
    charm: "reader",
    leader: true,
    units: ["reader/0"],
    config: {},
    network: { address: "127.0.0.2", ports: { web: 80 } },
    relations,
    containers: {},
    materials: {},
    secrets: {},
    life: "alive",
    due: [],
    external: {},
    ...more,
  };
}

function evaluate(reconcile: () => unknown, relations: readonly RelationView[] = []): Outcome {
  const ends: { readonly words: AnyEndpoint } = { words };
  const charm = defineCharm({
    name: "reader",
    endpoints: ends,
    reconcile: reconcile as () => Draft<object, Endpoints>,
  });
  return charm.load({}).session().evaluate(viewOf(relations));
}

test("cost follows the change: one relation's new version is read, derived and written again, no other's", () => {
  const charm = defineCharm({
    name: "reader",
    endpoints: { words },
    reconcile: ({ endpoints, derive }) => {
      const loud = derive.each("loud", { of: endpoints.words }, ({ value }) => value.toUpperCase());
      return { status: active([...loud.values()].join(" ")), publish: { words: "heard" } };
    },
  });
  const session = charm.load({}).session();
  const before = [relation(1, { said: { word: "one" } }), relation(2, { said: { word: "two" } })];
  expect(session.evaluate(viewOf(before)).status.message).toBe("ONE TWO");
  expect(session.counters).toEqual({ decoded: 2, encoded: 2, computed: 2, remembered: 0 });

  session.evaluate(viewOf(before));
  expect(session.counters).toEqual({ decoded: 2, encoded: 2, computed: 2, remembered: 2 });

  const after = session.evaluate(viewOf([before[0]!, relation(2, { version: 2, said: { word: "deux" } })]));
  expect(after.status.message).toBe("ONE DEUX");
  expect(session.counters).toEqual({ decoded: 3, encoded: 3, computed: 3, remembered: 3 });

  expect(session.evaluate(viewOf([before[0]!])).status.message).toBe("ONE");
  expect(session.counters).toEqual({ decoded: 3, encoded: 3, computed: 3, remembered: 4 });
});

test("a relation that its library stumbles over is left out and reported, all others stand", () => {
  const charm = defineCharm({
    name: "reader",
    endpoints: { words },
    reconcile: ({ endpoints }) => ({ status: active(endpoints.words.keys.join(" ")) }),
  });
  const outcome = charm
    .load({})
    .session()
    .evaluate(viewOf([relation(1, { said: { bomb: "x" } }), relation(2)]));

  expect(outcome.status.message).toBe("words-2");
  expect(outcome.problems).toMatchObject([
    { code: "RELATION_UNREADABLE", origin: { application: "app1", relation: 1 } },
  ]);
});

test("one value goes to every relation, or another to each, and those that are not named are emptied", () => {
  const relations = [relation(1), relation(2)];
  expect(evaluate(() => ({ status: active(), publish: { words: "all" } }), relations).bags).toEqual({
    "1": { unit: { word: "all" }, application: { word: "all" } },
    "2": { unit: { word: "all" }, application: { word: "all" } },
  });
  const each = perRelation(new Map([["words-2", "you"]]));
  expect(evaluate(() => ({ status: active(), publish: { words: each } }), relations).bags).toEqual({
    "1": { unit: {}, application: {} },
    "2": { unit: { word: "you" }, application: { word: "you" } },
  });
  expect(evaluate(() => ({ status: active() }), relations).bags).toEqual({});
});

test("what an endpoint says of itself is written where the charm publishes nothing", () => {
  const greeting: Endpoint<string, string> = {
    ...words,
    announce: (_relation, { leader }) => (leader ? { application: { version: "1" } } : {}),
  };
  const bags = (publish: object, leader: boolean) =>
    defineCharm({
      name: "reader",
      endpoints: { words: greeting },
      reconcile: () => ({ status: active(), publish }),
    })
      .load({})
      .session()
      .evaluate(viewOf([relation(1)], { leader })).bags;

  expect(bags({}, true)).toEqual({ "1": { application: { version: "1" } } });
  expect(bags({}, false)).toEqual({ "1": {} });
  expect(bags({ words: "x" }, true)).toEqual({ "1": { unit: { word: "x" }, application: { word: "x" } } });
});

test("a charm's own telemetry is published without a word on every endpoint that carries it", () => {
  const charm = defineCharm({
    name: "reader",
    ports: { web: { prefer: 80 } },
    endpoints: { metrics: telemetry },
    telemetry: { product: "reader", metrics: [{ port: "web" }] },
    reconcile: () => ({ status: active() }),
  });
  const view = viewOf([relation(4, { endpoint: "metrics", interface: "telemetry" })]);

  expect(
    JSON.parse(charm.load({}).session().evaluate(view).bags["4"]?.application?.["scrapes"] ?? ""),
  ).toMatchObject([{ path: "/metrics", targets: [{ address: "*:80" }] }]);
});

test("what an operator granted is scraped where the product is not the charm's own workload", () => {
  const charm = defineCharm({
    name: "reader",
    config: { targets: { type: "string", grants: true } },
    endpoints: { metrics: telemetry },
    telemetry: { product: "reader", metrics: [{ port: 9100 }] },
    reconcile: () => ({ status: active() }),
  });
  const targets = (config: View["config"]): unknown => {
    const view = viewOf([relation(4, { endpoint: "metrics", interface: "telemetry" })], { config });
    const [job] = JSON.parse(
      charm.load({}).session().evaluate(view).bags["4"]?.application?.["scrapes"] ?? "[]",
    );
    return job?.targets.map(({ address }: { address: string }) => address);
  };

  expect(targets({ targets: "10.0.0.1:9100, 10.0.0.2:9100" })).toEqual(["10.0.0.1:9100", "10.0.0.2:9100"]);
  expect(targets({})).toEqual([]);
});

test.for<{ what: string; reconcile: () => unknown; code: string; told: string }>([
  {
    what: "throws",
    reconcile: () => {
      throw new RangeError("out of cheese");
    },
    code: "RECONCILE_FAILED",
    told: "out of cheese",
  },
  { what: "returns nothing", reconcile: () => undefined, code: "OUTCOME_INVALID", told: "undefined" },
  {
    what: "is asynchronous",
    reconcile: async () => await Promise.reject(new Error("late")),
    code: "OUTCOME_INVALID",
    told: "a promise",
  },
  { what: "returns no status", reconcile: () => ({}), code: "OUTCOME_INVALID", told: "'status'" },
  {
    what: "publishes where there is no endpoint",
    reconcile: () => ({ status: active(), publish: { word: "x" } }),
    code: "OUTCOME_INVALID",
    told: "declared are words",
  },
  {
    what: "wants a container that is not declared",
    reconcile: () => ({ status: active(), containers: { c: { services: {} } } }),
    code: "OUTCOME_INVALID",
    told: "container c",
  },
])("a charm that $what fails with $code", ({ reconcile, code, told }) => {
  expect(() => evaluate(reconcile)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(told) }),
  );
});

test("actions are run by name, and an unknown one is refused with those that there are", async () => {
  const charm = defineCharm({
    name: "reader",
    actions: {
      look: { description: "Looks.", run: async (view, params) => ({ unit: view.unit, ...params }) },
    },
    reconcile: () => ({ status: active() }),
  }).load({});
  const tools = {
    get: async () => ({ status: 200, body: "" }),
    exec: async () => ({ exitCode: 0, stdout: "", stderr: "" }),
    rotate: async () => undefined,
  };

  expect(await charm.act({ action: "look", view: viewOf([]), params: { far: true } }, tools)).toEqual({
    unit: "reader/0",
    far: true,
  });
  await expect(charm.act({ action: "leap", view: viewOf([]), params: {} }, tools)).rejects.toMatchObject({
    code: "CHARM_INVALID",
    message: expect.stringContaining("look"),
  });
});
