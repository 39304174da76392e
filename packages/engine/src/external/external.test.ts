import { describe, expect, test } from "vitest";
import { MemoryCharms } from "../charm-source/memory-charms.ts";
import { Engine } from "../engine.ts";
import { MemoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { MemorySubstrate } from "../substrate/memory-substrate.ts";
import { source, toyWorld } from "../toy-charms.test-support.ts";
import { MemoryForeign } from "./memory-foreign.test-support.ts";
import { bridge } from "./toy-bridge.test-support.ts";

interface World {
  readonly engine: Engine;
  readonly foreign: MemoryForeign;
  readonly store: Store;
  readonly advance: (ms: number) => void;
  /** Another engine on the same state, as after a restart. */
  readonly again: (options?: { readonly without?: string }) => Engine;
}

async function world(): Promise<World> {
  const around = toyWorld();
  const store = new MemoryStore();
  const substrate = new MemorySubstrate();
  const foreign = new MemoryForeign(around.advance);
  const again: World["again"] = ({ without } = {}) =>
    new Engine({
      ...around,
      store,
      substrate,
      foreign,
      charms: new MemoryCharms([source, bridge].filter(({ name }) => name !== without)),
    });
  const engine = again();
  await engine.execute({ command: "deploy", charm: "source" });
  await engine.execute({ command: "deploy", charm: "bridge" });
  await engine.execute({ command: "integrate", a: "source", b: "bridge" });
  await engine.settle();
  return { engine, foreign, store, advance: around.advance, again };
}

function statusOf(engine: Engine): string {
  const { current, message } = engine.status().applications["bridge"]?.["application-status"] ?? {};
  return `${current}: ${message}`;
}

function problemsOf(engine: Engine): readonly string[] {
  return engine.problems().map(({ code }) => code);
}

test("a bridge first looks, then compiles, and nothing is written until somebody applies", async () => {
  const { engine, foreign } = await world();
  const plan = await engine.bridges.plan();

  expect(plan).toMatchObject({
    application: "bridge",
    known: true,
    facts: [["token", "none"]],
    drift: [],
    unchanged: 0,
    changes: [
      { action: "create", key: "rules-in-1", stage: "rules" },
      { action: "create", key: "targets-in-1", stage: "targets" },
    ],
  });
  expect(foreign.done).toEqual([]);
  expect(problemsOf(engine)).toEqual(["EXTERNAL_NOT_APPLIED"]);
});

test("targets are seen before rules are written, and a second apply does nothing", async () => {
  const { engine, foreign } = await world();
  const result = await engine.execute({ command: "apply", application: "bridge" });
  await engine.settle();

  expect(result.details).toEqual({
    application: "bridge",
    changed: 2,
    objects: ["rules-in-1", "targets-in-1"],
  });
  expect(foreign.done).toEqual(["write targets-in-1", "load", "write rules-in-1", "load"]);
  expect(foreign.reported()).toEqual(foreign.contents());
  expect(statusOf(engine)).toBe("active: 2 live");
  expect(problemsOf(engine)).toEqual([]);

  const before = foreign.done.length;
  expect(await engine.bridges.plan()).toMatchObject({ changes: [], unchanged: 2 });
  expect((await engine.execute({ command: "apply" })).message).toMatch(/^nothing to apply/);
  expect(foreign.done).toHaveLength(before);
});

test("what watches goes before what it watches", async () => {
  const { engine, foreign } = await world();
  await engine.execute({ command: "apply" });
  await engine.execute({ command: "remove-relation", a: "source", b: "bridge" });
  await engine.settle();
  foreign.done.length = 0;
  await engine.execute({ command: "apply" });

  expect(foreign.done).toEqual(["delete rules-in-1", "load", "delete targets-in-1", "load"]);
  expect(foreign.contents()).toEqual({});
});

test("a person who has to act is asked once for all stages", async () => {
  const { engine, foreign } = await world();
  foreign.intake = { by: "person", todo: "press the button" };
  const pressed = engine.onEvent(({ message }) => {
    if (message.includes("press the button")) foreign.loaded = new Map(Object.entries(foreign.contents()));
  });
  await engine.execute({ command: "apply" });
  pressed();

  expect(foreign.done).toEqual(["write targets-in-1", "write rules-in-1"]);
  await expect(engine.execute({ command: "undo", waitMs: 1000 })).rejects.toMatchObject({
    code: "EXTERNAL_UNFINISHED",
    remedy: expect.stringContaining("press the button"),
  });
});

describe("an apply takes itself back", () => {
  test("when the system refuses, with its words", async () => {
    const { engine, foreign } = await world();
    await engine.execute({ command: "apply" });
    const before = foreign.contents();
    await engine.execute({ command: "config", application: "bridge", set: { version: "refuse-me" } });
    await engine.settle();

    await expect(engine.execute({ command: "apply" })).rejects.toMatchObject({
      code: "EXTERNAL_REFUSED",
      message: expect.stringMatching(/system says: bad object.*taken back/),
    });
    expect(foreign.contents()).toEqual(before);
    expect(foreign.reported()).toEqual(before);
    expect(await engine.bridges.plan()).toMatchObject({
      changes: [{ action: "change" }, { action: "change" }],
      drift: [],
    });
  });

  test("when the system does not report what was written", async () => {
    const { engine, foreign } = await world();
    foreign.intake = { by: "itself", withinMs: 5000 };

    await expect(engine.execute({ command: "apply" })).rejects.toMatchObject({ code: "EXTERNAL_NOT_SEEN" });
    expect(foreign.contents()).toEqual({});
    expect(await engine.bridges.plan()).toMatchObject({
      changes: [{ action: "create" }, { action: "create" }],
    });
  });
});

test("what somebody else has changed is shown, and overwritten only when that is said", async () => {
  const { engine, foreign } = await world();
  await engine.execute({ command: "apply" });
  const ours = foreign.contents();
  foreign.edit("rules-in-1", `${String(ours["rules-in-1"])} and theirs`);
  const plan = await engine.bridges.plan();
  await engine.settle();

  expect(plan.drift).toEqual([{ key: "rules-in-1", how: "changed" }]);
  expect(problemsOf(engine)).toContain("EXTERNAL_DRIFT");
  for (const command of ["apply", "undo", "disconnect"] as const)
    await expect(engine.execute({ command })).rejects.toMatchObject({ code: "EXTERNAL_DRIFT" });
  expect(foreign.contents()["rules-in-1"]).toMatch(/and theirs$/);

  await engine.execute({ command: "apply", overwrite: true });
  expect(foreign.contents()).toEqual(ours);
  await engine.execute({ command: "undo" });
  expect(foreign.contents()["rules-in-1"]).toMatch(/and theirs$/);
  expect((await engine.bridges.plan()).drift).toEqual([{ key: "rules-in-1", how: "changed" }]);
});

test("an object of somebody else's in the place of ours is never touched", async () => {
  const { engine, foreign } = await world();
  foreign.edit("rules-in-1", "theirs");

  for (const overwrite of [false, true]) {
    await expect(engine.execute({ command: "apply", overwrite })).rejects.toMatchObject({
      code: "EXTERNAL_OBJECT_THEIRS",
    });
  }
  await engine.execute({ command: "disconnect" });
  expect(foreign.contents()).toEqual({ "rules-in-1": "theirs" });
});

test("undo gives back what was before the last apply, once", async () => {
  const { engine, foreign } = await world();
  await engine.execute({ command: "apply" });
  const first = foreign.contents();
  await engine.execute({ command: "config", application: "source", set: { word: "bye" } });
  await engine.settle();
  await engine.execute({ command: "apply" });
  expect(foreign.contents()).not.toEqual(first);
  await engine.execute({ command: "undo" });

  expect(foreign.contents()).toEqual(first);
  expect(foreign.reported()).toEqual(first);
  await expect(engine.execute({ command: "undo" })).rejects.toMatchObject({
    code: "EXTERNAL_NOTHING_TO_UNDO",
  });
});

test("disconnect takes away what bears our mark, recorded or not, and the bridge with it", async () => {
  const { engine, foreign } = await world();
  await engine.execute({ command: "apply" });
  foreign.edit("rules-of-others", "theirs");
  foreign.edit("rules-forgotten", `${String(foreign.contents()["rules-in-1"])} once more`);
  const planned = await engine.bridges.planDisconnect("bridge");

  expect(planned.objects).toEqual(["rules-forgotten", "rules-in-1", "targets-in-1"]);
  await engine.execute({ command: "disconnect", overwrite: true });
  await engine.settle();
  expect(foreign.contents()).toEqual({ "rules-of-others": "theirs" });
  expect(Object.keys(engine.status().applications)).toEqual(["source"]);
  await expect(engine.bridges.plan()).rejects.toMatchObject({ code: "EXTERNAL_NONE" });
});

test("an application that is removed leaves its objects, which is said, and disconnect works without it and its charm", async () => {
  const { engine, foreign, again } = await world();
  await engine.execute({ command: "apply" });
  await engine.execute({ command: "remove-application", application: "bridge" });
  await engine.settle();

  expect(Object.keys(foreign.contents())).toHaveLength(2);
  expect(problemsOf(engine)).toEqual(["EXTERNAL_LEFT_BEHIND"]);
  engine.close();
  const next = again({ without: "bridge" });
  await next.settle();
  expect((await next.execute({ command: "disconnect" })).details).toMatchObject({
    removed: ["rules-in-1", "targets-in-1"],
  });
  expect(foreign.contents()).toEqual({});
  expect(foreign.reported()).toEqual({});
});

test("a system that was known and does not answer stays known, and a disconnect from it has to be forced", async () => {
  const { engine, foreign, advance, again } = await world();
  await engine.execute({ command: "apply" });
  foreign.silent = true;
  advance(61_000);
  await engine.settle();

  expect(await engine.bridges.plan()).toMatchObject({
    known: true,
    problems: [{ code: "EXTERNAL_UNREACHABLE" }],
  });
  expect(statusOf(engine)).toBe("blocked: EXTERNAL_UNREACHABLE");
  await expect(engine.execute({ command: "apply" })).rejects.toMatchObject({ code: "EXTERNAL_UNREACHABLE" });
  engine.close();
  const next = again();
  await next.settle();
  expect(await next.bridges.plan()).toMatchObject({ known: true, changes: [] });
  await expect(next.execute({ command: "disconnect", waitMs: 1000 })).rejects.toMatchObject({
    code: "EXTERNAL_UNFINISHED",
  });
  await next.execute({ command: "disconnect", force: true });
  expect(foreign.contents()).toEqual({});
});

test("a system that was never seen is unknown, and is looked at again", async () => {
  const { engine, foreign, advance } = await world();
  foreign.silent = true;
  await engine.execute({ command: "config", application: "bridge", set: { folder: "/elsewhere" } });
  await engine.settle();

  expect(await engine.bridges.plan()).toMatchObject({
    known: false,
    changes: [],
    problems: [{ code: "EXTERNAL_UNREACHABLE" }],
  });
  expect(statusOf(engine)).toBe("waiting: system does not answer");
  await expect(engine.execute({ command: "apply" })).rejects.toMatchObject({ code: "EXTERNAL_UNREACHABLE" });
  foreign.silent = false;
  advance(61_000);
  expect(engine.nextWake()).toBeLessThanOrEqual(Date.UTC(2026, 0, 1) + 200_000);
  await engine.settle();
  expect(statusOf(engine)).toBe("active: 0 live");
});

test("what stands against an apply in the system itself keeps it from being made", async () => {
  const { engine, foreign } = await world();
  foreign.problems = [{ code: "EXTERNAL_NOT_INCLUDED", message: "file is not read" }];

  await expect(engine.execute({ command: "apply" })).rejects.toMatchObject({ code: "EXTERNAL_NOT_INCLUDED" });
  expect(foreign.done).toEqual([]);
});

test("a connection to another place does not lose sight of what lies in the first", async () => {
  const { engine, foreign } = await world();
  await engine.execute({ command: "apply" });
  await engine.execute({ command: "config", application: "bridge", set: { folder: "/elsewhere" } });
  await engine.settle();

  expect((await engine.bridges.plan()).problems).toMatchObject([{ code: "EXTERNAL_MOVED" }]);
  await expect(engine.execute({ command: "apply" })).rejects.toMatchObject({ code: "EXTERNAL_MOVED" });
  await engine.execute({ command: "disconnect" });
  expect(foreign.contents()).toEqual({});
});

test("a secret that was not granted is not read, and the system is not asked without it", async () => {
  const { engine, foreign } = await world();
  const asked: string[] = [];
  foreign.step = (what) => void asked.push(what);
  await engine.execute({
    command: "config",
    application: "bridge",
    set: { token: "secret:9m4e2mr0ui3e8a215n4g" },
  });
  await engine.settle();
  asked.length = 0;

  expect(await engine.bridges.plan()).toMatchObject({ problems: [{ code: "EXTERNAL_CREDENTIALS_MISSING" }] });
  expect(asked).not.toContain("discover");
});

test("a system whose secret is gone can be left by force", async () => {
  const { engine, foreign } = await world();
  await engine.execute({ command: "apply" });
  await engine.execute({
    command: "config",
    application: "bridge",
    set: { token: "secret:9m4e2mr0ui3e8a215n4g" },
  });
  await engine.execute({ command: "apply" }).catch(() => undefined);
  foreign.problems = [];
  await engine.execute({ command: "disconnect", force: true });

  expect(foreign.contents()).toEqual({});
});

test("one command works on a system at a time", async () => {
  const { engine } = await world();
  const results = await Promise.allSettled([
    engine.execute({ command: "apply" }),
    engine.execute({ command: "disconnect" }),
  ]);

  expect(results.map((one) => (one.status === "fulfilled" ? "done" : one.reason.code))).toEqual(
    expect.arrayContaining(["done", "EXTERNAL_BUSY"]),
  );
});

test("expectations about a foreign system name it as they would name a container's", async () => {
  const { engine } = await world();
  await engine.bridges.plan();

  expect(engine.expectations().find(({ application }) => application === "bridge")).toMatchObject({
    container: "target",
    backend: { name: "toy-foreign", url: "http://there", via: "host" },
    expectations: [{ name: "targets-in-1" }, { name: "rules-in-1" }],
  });
});
