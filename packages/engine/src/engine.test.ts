import { OrreryError } from "@orrery/problems";
import { expect, test } from "vitest";
import { MemoryCharms } from "./charm-source/memory-charms.ts";
import type { Command } from "./commands/command.ts";
import { Engine } from "./engine.ts";
import { MemoryStore } from "./store/memory-store.ts";
import type { Placement, Substrate, UnitPlan } from "./substrate/substrate.ts";
import { MemorySubstrate } from "./substrate/memory-substrate.ts";
import { keeper, pingPong, relay, source, toyWorld } from "./toy-charms.test-support.ts";
import { MemoryVault } from "./vault/memory-vault.ts";

interface Rig {
  readonly engine: Engine;
  readonly store: MemoryStore;
  readonly substrate: MemorySubstrate;
  readonly advance: (ms: number) => void;
  readonly again: () => Engine;
}

async function get(url: string): Promise<{ status: number; body: string }> {
  return { status: 200, body: `from ${url}` };
}

function build(
  substrate: MemorySubstrate = new MemorySubstrate(),
  store: MemoryStore = new MemoryStore(),
): Rig {
  const world = toyWorld();
  const charms = new MemoryCharms([source, relay, pingPong, keeper]);
  const again = (): Engine => new Engine({ store, substrate, charms, model: "demo", get, ...world });
  return { engine: again(), store, substrate, advance: world.advance, again };
}

async function demo(): Promise<Rig> {
  const rig = build();
  await run(rig.engine, [
    { command: "deploy", charm: "source", units: 2 },
    { command: "deploy", charm: "relay" },
    { command: "integrate", a: "source", b: "relay:in" },
  ]);
  return rig;
}

async function run(engine: Engine, commands: readonly Command[]): Promise<void> {
  for (const command of commands) await engine.execute(command);
  do await engine.settle();
  while (await engine.observe());
}

function statusOf(engine: Engine, unit: string): string {
  const found = engine.status().applications[unit.split("/")[0] ?? ""]?.units[unit]?.["workload-status"];
  return `${found?.current}: ${found?.message ?? ""}`;
}

test("a word travels from one charm's config to another charm's file, and only what changed is written", async () => {
  const { engine, substrate } = await demo();
  expect(substrate.files()["relay/0/work/heard/in-1.txt"]).toBe(
    "hello from source/0,hello from source/0,hello from source/1 at 127.189.89.64:8080,127.52.86.199:8080",
  );

  await engine.execute({ command: "config", application: "source", set: { word: "bye", loud: "true" } });
  const cost = await engine.settle();

  expect(substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(/^BYE from source\/0,BYE/u);
  expect(cost).toMatchObject({ filesWritten: 3, restarts: 0 });
});

test("status, unit, config and expectations are told in Juju's shapes", async () => {
  const { engine } = await demo();

  const status = engine.status({ relations: true });
  expect(status.applications["source"]).toMatchObject({
    charm: "source",
    "application-status": { current: "active", message: "1 listeners" },
    relations: { out: [{ "related-application": "relay", interface: "toy", scope: "global" }] },
    units: { "source/0": { leader: true, "open-ports": ["8080/tcp"], "juju-status": { current: "idle" } } },
  });
  expect(status.relations).toEqual([
    { id: 0, interface: "toy-peers", endpoints: ["source:peers"], type: "peer" },
    { id: 1, interface: "toy", endpoints: ["source:out", "relay:in"], type: "regular" },
  ]);
  expect(engine.showUnit("relay/0")["relay/0"]?.["relation-info"][0]).toMatchObject({
    endpoint: "in",
    "application-data": { value: "hello from source/0" },
    "related-units": { "source/1": { data: { value: "hello from source/1" } } },
  });
  expect(engine.showConfig("source").settings["count"]).toEqual({
    type: "int",
    description: "",
    default: 1,
    value: 1,
    source: "default",
    allowed: "from 0 up to 9",
  });
  expect(engine.expectations()).toEqual([
    expect.objectContaining({
      unit: "relay/0",
      backend: { name: "toy", url: expect.any(String) },
      expectations: [expect.objectContaining({ name: "in-1", application: "source" })],
    }),
  ]);
});

test.for<{ what: string; command: Command; code: string; told: RegExp }>([
  {
    what: "an unknown charm",
    command: { command: "deploy", charm: "sorce" },
    code: "CHARM_NOT_FOUND",
    told: /did you mean source/u,
  },
  {
    what: "a name that is taken",
    command: { command: "deploy", charm: "source" },
    code: "APPLICATION_EXISTS",
    told: /source/u,
  },
  {
    what: "a name that is none",
    command: { command: "deploy", charm: "source", application: "No/1" },
    code: "APPLICATION_NAME_INVALID",
    told: /No/u,
  },
  {
    what: "too many units",
    command: { command: "add-unit", application: "source", count: 99 },
    code: "UNIT_COUNT_INVALID",
    told: /1 to 98/u,
  },
  {
    what: "an unknown application",
    command: { command: "config", application: "sourc" },
    code: "APPLICATION_UNKNOWN",
    told: /did you mean source/u,
  },
  {
    what: "an unknown option",
    command: { command: "config", application: "source", set: { wrod: "x" } },
    code: "CONFIG_UNKNOWN_OPTION",
    told: /did you mean word/u,
  },
  {
    what: "a value of another type",
    command: { command: "config", application: "source", set: { count: "many" } },
    code: "CONFIG_INVALID_VALUE",
    told: /"many".*whole number from 0 up to 9/u,
  },
  {
    what: "a value past its limit",
    command: { command: "config", application: "source", set: { count: 10 } },
    code: "CONFIG_INVALID_VALUE",
    told: /10/u,
  },
  {
    what: "a value not among the choices",
    command: { command: "config", application: "source", set: { mode: "wild" } },
    code: "CONFIG_INVALID_VALUE",
    told: /calm, throw/u,
  },
  {
    what: "an unknown endpoint",
    command: { command: "integrate", a: "source:aut", b: "relay" },
    code: "ENDPOINT_UNKNOWN",
    told: /did you mean out/u,
  },
  {
    what: "two ways to relate",
    command: { command: "integrate", a: "source", b: "relay" },
    code: "RELATION_AMBIGUOUS",
    told: /relay:in.*relay:single/u,
  },
  {
    what: "no common interface",
    command: { command: "integrate", a: "source:peers", b: "relay" },
    code: "RELATION_NO_INTERFACE",
    told: /relay has in \(requires toy\)/u,
  },
  {
    what: "a relation that stands",
    command: { command: "integrate", a: "relay:in", b: "source" },
    code: "RELATION_EXISTS",
    told: /relation 1/u,
  },
  {
    what: "a relation with itself",
    command: { command: "integrate", a: "source", b: "source" },
    code: "RELATION_SELF",
    told: /source/u,
  },
  {
    what: "a relation that is none",
    command: { command: "remove-relation", a: "source", b: "relay:single" },
    code: "RELATION_UNKNOWN",
    told: /source:out and relay:in/u,
  },
  {
    what: "an unknown unit",
    command: { command: "remove-unit", unit: "source/7" },
    code: "UNIT_UNKNOWN",
    told: /did you mean source\/0/u,
  },
  {
    what: "an unknown action",
    command: { command: "run", unit: "source/0", action: "eco" },
    code: "ACTION_UNKNOWN",
    told: /did you mean echo/u,
  },
  {
    what: "an action without its parameter",
    command: { command: "run", unit: "source/0", action: "echo" },
    code: "ACTION_PARAMS_INVALID",
    told: /text/u,
  },
])("refuses $what and changes nothing", async ({ command, code, told }) => {
  const { engine, store } = await demo();
  const before = store.export();

  await expect(engine.execute(command)).rejects.toMatchObject({ code, message: expect.stringMatching(told) });

  expect(store.export()).toEqual(before);
});

test.for<{ what: string; value: unknown }>([
  { what: "no object", value: "deploy" },
  { what: "an unknown command", value: { command: "constructor" } },
  { what: "an unknown field", value: { command: "deploy", charm: "source", force: true } },
  { what: "a field of another type", value: { command: "add-unit", application: "source", count: "two" } },
])("refuses $what as a command", async ({ value }) => {
  await expect(build().engine.execute(value as Command)).rejects.toMatchObject({ code: "COMMAND_INVALID" });
});

test("an endpoint with a limit takes no relation past it", async () => {
  const { engine } = await demo();
  await engine.execute({ command: "deploy", charm: "source", application: "other" });
  await engine.execute({ command: "integrate", a: "source", b: "relay:single" });

  await expect(engine.execute({ command: "integrate", a: "other", b: "relay:single" })).rejects.toMatchObject(
    {
      code: "RELATION_LIMIT",
      message: expect.stringContaining("source:out"),
    },
  );
});

test.for([
  { mode: "throw", code: "RECONCILE_FAILED" },
  { mode: "junk", code: "OUTCOME_INVALID" },
])(
  "a charm that goes wrong ($mode) keeps its last good outcome, harms nobody, and is tried again",
  async ({ mode, code }) => {
    const { engine, substrate, advance } = await demo();
    const files = substrate.files();

    await run(engine, [{ command: "config", application: "source", set: { mode, word: "lost" } }]);

    expect(statusOf(engine, "source/0")).toMatch(new RegExp(`^error: ${code}: `, "u"));
    expect(statusOf(engine, "relay/0")).toBe("active: ");
    expect(substrate.files()).toEqual(files);
    expect(engine.problems().map((found) => found.code)).toContain(code);
    expect((await engine.settle()).reconciles).toBe(0);
    expect(engine.nextWake()).toBe(Date.UTC(2026, 0, 1, 0, 0, 5));
    advance(5_000);
    expect((await engine.settle()).reconciles).toBe(2);
    expect(engine.nextWake()).toBe(Date.UTC(2026, 0, 1, 0, 0, 15));

    await run(engine, [{ command: "config", application: "source", reset: ["mode"] }]);

    expect(statusOf(engine, "source/0")).toBe("active: 1 listeners");
    expect(engine.problems()).toEqual([]);
  },
);

test("units that never come to rest are named and stopped, and all others settle", async () => {
  const rig = await demo();
  const { engine } = rig;
  await run(engine, [
    { command: "deploy", charm: "ping-pong", application: "ping" },
    { command: "deploy", charm: "ping-pong", application: "pong" },
    { command: "integrate", a: "ping:say", b: "pong:hear" },
    { command: "integrate", a: "pong:say", b: "ping:hear" },
    { command: "integrate", a: "pong:say", b: "relay:single" },
    { command: "config", application: "source", set: { word: "still here" } },
  ]);

  const [found] = engine.problems();
  expect(found).toMatchObject({
    code: "SETTLE_CYCLE",
    message: expect.stringContaining("relation 2 of ping:say and pong:hear, relation 3"),
  });
  expect(statusOf(engine, "ping/0")).toMatch(/^error: SETTLE_CYCLE: ping\/0, pong\/0 did not come to rest/u);
  expect(rig.substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(/^still here/u);
  expect(statusOf(engine, "relay/0")).toBe("active: ");

  await run(engine, [{ command: "remove-relation", a: "ping:hear", b: "pong:say" }]);

  expect(engine.problems()).toEqual([]);
  expect(statusOf(engine, "ping/0")).toBe("active: ");
});

test("when the leader goes the next unit speaks for the application", async () => {
  const { engine, substrate } = await demo();

  await run(engine, [
    { command: "remove-unit", unit: "source/0" },
    { command: "add-unit", application: "source" },
  ]);

  expect(substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(
    /^hello from source\/1,hello from source\/1,hello from source\/2 at/u,
  );
  expect(Object.keys(engine.status().applications["source"]?.units ?? {})).toEqual(["source/1", "source/2"]);
});

test("what the operator grants is granted, what the charm's author wrote is not", async () => {
  const { engine, substrate } = await demo();

  await run(engine, [
    { command: "config", application: "source", set: { targets: "10.1.1.1:90, 10.1.1.2:90," } },
  ]);

  expect(substrate.files()["relay/0/work/heard/in-1.txt"]).toMatch(
    /at 127\S+,10\.1\.1\.1:90,10\.1\.1\.2:90$/u,
  );
});

test("a workload that does not run is told in its status until it runs", async () => {
  const { engine, substrate } = await demo();
  const services = {
    work: { status: "backoff" as const, restarts: 4, message: "exited with 1: port \u001B[31mtaken" },
  };
  substrate.show("source/1", { work: { ready: true, services, checks: {} } });

  expect(await engine.observe()).toBe(true);
  await engine.settle();

  expect(statusOf(engine, "source/1")).toBe(
    "error: workload work: ends again and again, restarted 4 times: exited with 1: port  [31mtaken",
  );
  expect(engine.problems()).toMatchObject([{ code: "WORKLOAD_DOWN", reporter: "source/1" }]);

  substrate.show("source/1");
  await engine.observe();
  expect(statusOf(engine, "source/1")).toBe("active: 1 listeners");
});

test("an action runs with its parameters and reaches only what was granted", async () => {
  const { engine } = await demo();

  const echoed = await engine.execute({
    command: "run",
    unit: "source/0",
    action: "echo",
    params: { text: "hi", times: "2" },
  });
  expect(echoed.details).toEqual({
    unit: "source/0",
    results: { text: "hi", times: 2, unit: "source/0", ran: "echo" },
  });
  const url = "http://127.189.89.64:8080/x";
  expect(
    (await engine.execute({ command: "run", unit: "source/0", action: "ask", params: { url } })).details[
      "results"
    ],
  ).toEqual({ body: `from ${url}` });
  await expect(
    engine.execute({
      command: "run",
      unit: "source/0",
      action: "ask",
      params: { url: "http://169.254.169.254/" },
    }),
  ).rejects.toMatchObject({ code: "ADDRESS_NOT_GRANTED" });
});

test("keys and passwords are made once, rotated when asked, and never shown", async () => {
  const { engine, advance, store, substrate } = build();
  await run(engine, [
    { command: "deploy", charm: "keeper" },
    { command: "deploy", charm: "relay" },
    { command: "integrate", a: "keeper", b: "relay:in" },
  ]);
  const said = (): string => substrate.files()["relay/0/work/heard/in-0.txt"]?.split(",")[0] ?? "";
  const first = said();
  expect(first).toMatch(/^[A-Za-z0-9]{16}$/u);
  const kept = store.export().find(({ key }) => key === "keeper/0 key")?.value ?? "";
  expect(kept).not.toContain("BEGIN PRIVATE KEY");
  expect(new MemoryVault().open(kept, "material keeper/0 key")).toContain("BEGIN PRIVATE KEY");

  await run(engine, [{ command: "config", application: "keeper", set: { rotate: "2026-01-01T00:00:30Z" } }]);
  expect(said()).toBe(first);
  expect(engine.nextWake()).toBe(Date.UTC(2026, 0, 1, 0, 0, 30));
  advance(30_000);
  await run(engine, []);
  expect(said()).toMatch(new RegExp(`^[A-Za-z0-9]{16} before ${first}$`, "u"));
  expect((await engine.settle()).reconciles).toBe(0);

  expect(statusOf(engine, "keeper/0")).toBe("active: due nothing");
  advance(30_000);
  await run(engine, []);
  expect(statusOf(engine, "keeper/0")).toBe("active: due renew");
  expect(JSON.stringify([engine.status(), engine.events(), engine.showUnit("keeper/0")])).not.toContain(
    first,
  );
});

test("commands are answered while a unit waits for its programs, and one removed meanwhile leaves nothing", async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const slow = new (class extends MemorySubstrate {
    override async place(plan: UnitPlan): Promise<Placement> {
      if (plan.application === "slow") await arrived;
      return await super.place(plan);
    }
  })();
  const { engine, store } = build(slow);
  await engine.execute({ command: "deploy", charm: "source", application: "slow" });
  const settled = engine.settle();
  await engine.execute({ command: "deploy", charm: "source", application: "quick" });
  void engine.settle();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(statusOf(engine, "quick/0")).toBe("active: 0 listeners");
  expect(statusOf(engine, "slow/0")).toBe("waiting: waiting for an address and programs");

  await engine.execute({ command: "remove-application", application: "slow" });
  await expect(
    engine.execute({ command: "deploy", charm: "source", application: "slow" }),
  ).rejects.toMatchObject({ code: "APPLICATION_DYING" });
  arrive();
  await settled;
  await engine.settle();

  expect(statusOf(engine, "quick/0")).toBe("active: 0 listeners");
  expect(Object.keys(engine.status().applications)).toEqual(["quick"]);
  expect(
    JSON.stringify([slow.files(), store.export().filter(({ kind }) => kind !== "journal")]),
  ).not.toContain("slow");
});

test("a unit's agent is at rest only when what its charm wants was made true", async () => {
  const { promise: applied, resolve: apply } = Promise.withResolvers<void>();
  const slow = new (class extends MemorySubstrate {
    override async apply(...given: Parameters<Substrate["apply"]>): ReturnType<Substrate["apply"]> {
      await applied;
      return await super.apply(...given);
    }
  })();
  const { engine } = build(slow);
  const agent = (): string | undefined =>
    engine.status().applications["source"]?.units["source/0"]?.["juju-status"].current;
  await engine.execute({ command: "deploy", charm: "source" });
  expect(agent()).toBe("allocating");

  const settled = engine.settle();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(statusOf(engine, "source/0")).toBe("active: 0 listeners");
  expect(agent()).toBe("executing");

  apply();
  await settled;
  expect(agent()).toBe("idle");
});

test("units that share an address see each other's numbers, and are placed anew when the host has other places", async () => {
  let shares = true;
  const host = new (class extends MemorySubstrate {
    override async place(plan: UnitPlan): Promise<Placement> {
      const placed = await super.place(plan);
      const network = { address: "192.0.2.7", ports: { http: 8080 + Number(plan.unit.at(-1)) } };
      return shares ? { ...placed, network } : placed;
    }
  })();
  const { engine } = build(host);
  await run(engine, [
    { command: "deploy", charm: "source", units: 2 },
    { command: "deploy", charm: "relay" },
    { command: "integrate", a: "source", b: "relay:in" },
  ]);
  const seen = async (): Promise<unknown> =>
    (await engine.execute({ command: "run", unit: "source/1", action: "network" })).details["results"];
  const ports = { "source/0": { http: 8080 }, "source/1": { http: 8081 } };
  expect(await seen()).toEqual({ address: "192.0.2.7", ports: { http: 8081 }, shared: ports });
  expect(host.files()["relay/0/work/heard/in-1.txt"]).toContain("192.0.2.7:8080,192.0.2.7:8081");

  shares = false;
  engine.placeAgain(["source/0", "source/1", "gone/0"]);
  await run(engine, []);
  expect(await seen()).toEqual({ address: expect.stringMatching(/^127\./), ports: { http: 8080 } });
  expect(host.files()["relay/0/work/heard/in-1.txt"]).not.toContain("192.0.2.7");
});

test("a unit that cannot be placed says why, others go on, and it is tried again", async () => {
  let taken = true;
  const full = new (class extends MemorySubstrate {
    override async place(plan: UnitPlan): Promise<Placement> {
      if (taken && plan.unit === "source/1") throw new OrreryError("PLACEMENT_FAILED", "port 8080 is taken");
      return await super.place(plan);
    }
  })();
  const { engine, advance } = build(full);
  await run(engine, [{ command: "deploy", charm: "source", units: 2 }]);
  expect(statusOf(engine, "source/1")).toBe("error: PLACEMENT_FAILED: port 8080 is taken");
  expect(statusOf(engine, "source/0")).toBe("active: 0 listeners");

  taken = false;
  advance(5_000);
  await run(engine, []);
  expect(statusOf(engine, "source/1")).toBe("active: 0 listeners");
});

test("when the store takes nothing, commands are refused, what runs goes on, and nothing is lost", async () => {
  const store = new MemoryStore();
  const { engine, substrate, advance } = build(undefined, store);
  await run(engine, [{ command: "deploy", charm: "source" }]);
  const [files, rows] = [substrate.files(), store.export()];
  const commit = store.commit.bind(store);
  store.commit = () => {
    throw new OrreryError("STORE_FULL", "no room");
  };

  await expect(
    engine.execute({ command: "config", application: "source", set: { word: "new" } }),
  ).rejects.toMatchObject({ code: "STORE_FULL" });
  substrate.show("source/0", {
    work: { ready: true, services: { work: { status: "stopped", restarts: 0 } }, checks: {} },
  });
  await engine.observe();
  await engine.settle();
  expect([substrate.files(), store.export()]).toEqual([files, rows]);

  store.commit = commit;
  substrate.show("source/0");
  advance(5_000);
  await run(engine, [{ command: "config", application: "source", set: { word: "new" } }]);
  expect(substrate.files()["source/0/work/word.txt"]).toBe("new");
  expect(statusOf(engine, "source/0")).toBe("active: 0 listeners");
});

test("those who watch are told of changes and events", async () => {
  const { engine } = build();
  let changes = 0;
  const lines: string[] = [];
  const stop = engine.onChange(() => (changes += 1));
  engine.onEvent(({ entity, message }) => lines.push(`${entity}: ${message}`));

  await run(engine, [{ command: "deploy", charm: "source" }]);
  expect(changes).toBeGreaterThan(0);
  expect(lines).toContain("engine: deployed source from charm source as source/0");
  expect(engine.events({ entity: "source", limit: 1 }).map(({ entity }) => entity)).toEqual(["source/0"]);

  stop();
  const before = changes;
  await run(engine, [{ command: "config", application: "source", set: { word: "w" } }]);
  expect(changes).toBe(before);
});
