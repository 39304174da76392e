import type { Outcome, Status, View } from "@orrery/charm";
import { defineCharm } from "@orrery/charm";
import { expect, test } from "vitest";
import type { CharmSource, Meanwhile, RunnableCharm } from "./charm-source/charm-source.ts";
import { Engine } from "./engine.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { MemorySubstrate } from "./substrate/memory-substrate.ts";
import { relay, source, toyWorld, word } from "./toy-charms.test-support.ts";
import { MemoryCharms } from "./charm-source/memory-charms.ts";

/** A charm in another process, as the engine sees one: it answers when the test lets it. */
class Events implements CharmSource {
  readonly views: View[] = [];
  says: Status = { status: "waiting", message: "" };
  answer: (view: View, before: readonly string[]) => Promise<Partial<Outcome>> = async () => ({});
  readonly #own: MemoryCharms = new MemoryCharms([source, relay]);

  load = async (reference: string): Promise<RunnableCharm> => {
    if (reference !== "events") return await this.#own.load(reference);
    const { manifest } = defineCharm({
      name: "events",
      endpoints: { in: word("requires"), out: word("provides") },
      reconcile: () => ({ status: { status: "active", message: "" } }),
    }).load({});
    return {
      manifest,
      folder: "/charms/events",
      problems: [],
      act: async () => ({}),
      session: () => ({ evaluate: async (view, meanwhile) => await this.#run(view, meanwhile) }),
    };
  };

  async #run(view: View, meanwhile: Meanwhile | undefined): Promise<Outcome> {
    this.views.push(view);
    meanwhile?.status(this.says);
    const before = Array.isArray(view.memory) ? view.memory.map(String) : [];
    const told = await this.answer(view, before);
    return {
      protocol: 1,
      status: { status: "active", message: `${before.length} told` },
      bags: {},
      containers: {},
      materials: {},
      secrets: {},
      openedPorts: [],
      deadlines: [],
      external: {},
      problems: [],
      expectations: [],
      ...told,
    };
  }
}

function rig() {
  const [charms, store, substrate, world] = [
    new Events(),
    new MemoryStore(),
    new MemorySubstrate(),
    toyWorld(),
  ];
  const again = (): Engine =>
    new Engine({ store, substrate, charms, model: "demo", patience: async () => undefined, ...world });
  return { charms, engine: again(), again, substrate, advance: world.advance };
}

test("what a charm leaves as its memory is in its next view, also after a restart, and then it rests", async () => {
  const { charms, engine, again } = rig();
  charms.answer = async (_view, before) => ({ memory: before.length < 3 ? [...before, "one more"] : before });
  await engine.execute({ command: "deploy", charm: "events" });
  await engine.settle();

  expect(charms.views.map(({ memory }) => memory)).toEqual([
    undefined,
    ["one more"],
    ["one more", "one more"],
    ["one more", "one more", "one more"],
  ]);
  await again().settle();
  expect(charms.views.at(-1)?.memory).toEqual(["one more", "one more", "one more"]);
});

test("a charm that takes its time keeps nobody waiting, and its answer counts when it comes", async () => {
  const { charms, engine, substrate } = rig();
  const slow = Promise.withResolvers<Partial<Outcome>>();
  charms.answer = async () => await slow.promise;
  for (const charm of ["events", "source", "relay"]) await engine.execute({ command: "deploy", charm });
  await engine.execute({ command: "integrate", a: "source:out", b: "relay:in" });
  const settled = engine.settle();
  await expect.poll(() => substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(/^hello from source/u);
  await engine.execute({ command: "config", application: "source", set: { word: "bye" } });
  void engine.settle();
  await expect.poll(() => substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(/^bye/u);

  expect(engine.status().applications["events"]?.units["events/0"]?.["workload-status"].current).toBe(
    "waiting",
  );
  slow.resolve({ status: { status: "active", message: "at last" } });
  await settled;
  expect(engine.status().applications["events"]?.units["events/0"]?.["workload-status"].message).toBe(
    "at last",
  );
});

test("what a charm says of itself before it answers is shown until it does", async () => {
  const { charms, engine } = rig();
  const slow = Promise.withResolvers<Partial<Outcome>>();
  charms.answer = async () => await slow.promise;
  charms.says = { status: "maintenance", message: "fetching the moon" };
  await engine.execute({ command: "deploy", charm: "events" });
  const settled = engine.settle();
  const said = (): object | undefined =>
    engine.status().applications["events"]?.units["events/0"]?.["workload-status"];
  await expect.poll(said).toMatchObject({ current: "maintenance", message: "fetching the moon" });
  slow.resolve({});
  await settled;

  expect(said()).toMatchObject({ current: "active", message: "0 told" });
});

test("ports that a charm opens may be reached by those it is related to, and are closed with it", async () => {
  const { charms, engine } = rig();
  charms.answer = async (view) => ({
    openedPorts: ["9105/tcp", "53/udp"],
    bags: Object.fromEntries(view.relations.map(({ id }) => [String(id), { unit: { value: "here" } }])),
  });
  for (const charm of ["events", "relay"]) await engine.execute({ command: "deploy", charm });
  await engine.execute({ command: "integrate", a: "events:out", b: "relay:in" });
  await engine.settle();
  const unit = engine.status().applications["events"]?.units["events/0"];

  expect(unit?.["open-ports"]).toEqual(["53/udp", "9105/tcp"]);
  expect(engine.expectations()[0]?.expectations).toHaveLength(1);
});

test("a unit's last run is told so; a charm that fails there is asked again, and holds its unit no longer than that", async () => {
  const { charms, engine, advance } = rig();
  charms.answer = async () => ({ memory: ["begun"] });
  await engine.execute({ command: "deploy", charm: "events", units: 2 });
  await engine.settle();
  charms.answer = async ({ life, unit }) => {
    if (life === "dying" && unit === "events/1") throw new Error("will not stop");
    return { memory: ["begun"] };
  };
  charms.views.length = 0;
  await engine.execute({ command: "remove-application", application: "events" });
  await engine.settle();

  expect(charms.views.map(({ unit, life }) => `${unit} ${life}`)).toEqual([
    "events/0 dying",
    "events/1 dying",
  ]);
  expect(engine.status().applications["events"]?.units["events/1"]?.["juju-status"].current).toBe("error");
  for (const wait of [6_000, 11_000]) {
    advance(wait);
    await engine.settle();
  }
  expect(engine.status().applications["events"]).toBeUndefined();
  expect(engine.events({ entity: "events/1", level: "WARNING" }).at(-1)?.message).toMatch(/will not stop/u);
});
