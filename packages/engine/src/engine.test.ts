import { expect, test } from "vitest";
import { Engine } from "./engine.ts";
import { MemoryCharms } from "./charm-source/memory-charms.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { MemorySubstrate } from "./substrate/memory-substrate.ts";
import { pingPong, relay, source, toyWorld } from "./toy-charms.test-support.ts";

function build(): {
  engine: Engine;
  store: MemoryStore;
  substrate: MemorySubstrate;
  again: () => Engine;
  advance: (ms: number) => void;
} {
  const [store, substrate, world] = [new MemoryStore(), new MemorySubstrate(), toyWorld()];
  const charms = new MemoryCharms([source, relay, pingPong]);
  const again = (): Engine =>
    new Engine({
      store,
      substrate,
      charms,
      model: "demo",
      ...world,
      get: async () => ({ status: 200, body: "hi" }),
    });
  return { engine: again(), store, substrate, again, advance: world.advance };
}

async function demo(): Promise<ReturnType<typeof build>> {
  const built = build();
  const { engine } = built;
  await engine.execute({ command: "deploy", charm: "source", units: 2 });
  await engine.execute({ command: "deploy", charm: "relay" });
  await engine.execute({ command: "integrate", a: "source", b: "relay:in" });
  await engine.settle();
  await engine.observe();
  await engine.settle();
  return built;
}

test("a word travels from one charm's config to another charm's file", async () => {
  const { engine, substrate } = await demo();
  expect(substrate.files()["relay/0/work/heard/in-1.txt"]).toBe(
    "hello from source/0,hello from source/0,hello from source/1 at 127.0.0.3:8080,127.0.0.4:8080",
  );

  await engine.execute({ command: "config", application: "source", set: { word: "bye", loud: "true" } });
  const cost = await engine.settle();

  expect(substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(/^BYE from source\/0,BYE/u);
  expect(cost).toMatchObject({ filesWritten: 3, restarts: 0 });
});

test("settling a settled model costs nothing", async () => {
  const { engine, again } = await demo();

  expect(Object.values(await engine.settle())).toEqual(Object.values({ ...engine.counters() }).map(() => 0));

  const next = again();
  const cost = await next.settle();
  expect(cost).toMatchObject({
    rowsWritten: 0,
    bagWrites: 0,
    filesWritten: 0,
    filesRemoved: 0,
    reloads: 0,
    restarts: 0,
    placements: 0,
  });
  expect(next.status()).toEqual(engine.status());
});
