import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryCharms } from "../charm-source/memory-charms.ts";
import type { Command } from "../commands/command.ts";
import { Engine } from "../engine.ts";
import { MemoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { MemorySubstrate } from "../substrate/memory-substrate.ts";
import { source, toyWorld } from "../toy-charms.test-support.ts";
import { MemoryForeign } from "./memory-foreign.test-support.ts";
import { bridge } from "./toy-bridge.test-support.ts";

type Contents = Readonly<Record<string, unknown>>;

/** What a crash leaves, and the system beside it. */
class World {
  readonly around = toyWorld();
  readonly rows = new MemoryStore();
  readonly substrate = new MemorySubstrate();
  readonly foreign = new MemoryForeign(this.around.advance);
  steps = 0;
  /** The step at which everything ends; everything after it ends too. */
  end = Infinity;

  /** An engine whose every commit, and every use of the system, is a step. */
  engine(): Engine {
    const step = (): void => {
      this.steps += 1;
      if (this.steps >= this.end) throw new Error("killed");
    };
    this.foreign.step = step;
    const store: Store = {
      load: () => this.rows.load(),
      commit: (changes) => {
        step();
        this.rows.commit(changes);
      },
    };
    const { around, substrate, foreign } = this;
    return new Engine({ ...around, store, substrate, foreign, charms: new MemoryCharms([source, bridge]) });
  }
}

/** A world in which two products are applied, one of them changed since, one new, one gone. */
async function prepared(): Promise<{ readonly world: World; readonly engine: Engine }> {
  const world = new World();
  const engine = world.engine();
  const run = async (command: Command): Promise<void> => {
    await engine.execute(command);
    await engine.settle();
  };
  await run({ command: "deploy", charm: "bridge" });
  for (const application of ["first", "second", "third"])
    await run({ command: "deploy", charm: "source", application });
  for (const a of ["first", "second"]) await run({ command: "integrate", a, b: "bridge" });
  await run({ command: "apply" });
  await run({ command: "config", application: "first", set: { word: "changed" } });
  await run({ command: "remove-relation", a: "second", b: "bridge" });
  await run({ command: "integrate", a: "third", b: "bridge" });
  world.foreign.edit("rules-of-others", "theirs");
  return { world, engine };
}

interface Ending {
  /** Steps that the command took. */
  readonly steps: number;
  readonly before: Contents;
  readonly contents: Contents;
}

/** Runs a command, killed at one of its steps, then what comes next. */
async function killedAt(
  command: "apply" | "undo" | "disconnect",
  at: number,
): Promise<Ending & { readonly world: World }> {
  const { world, engine } = await prepared();
  if (command !== "apply") await engine.execute({ command: "apply" });
  const before = world.foreign.contents();
  world.steps = 0;
  world.end = at;
  await engine.execute({ command }).catch((cause: unknown) => {
    if (world.steps < world.end) throw cause;
  });
  const { steps } = world;
  world.end = Infinity;
  const next = world.engine();
  await next.settle();
  const plan = next.status().applications["bridge"] ? await next.bridges.plan() : { problems: [], drift: [] };
  expect([plan.problems, plan.drift]).toEqual([[], []]);
  return { steps, before, contents: world.foreign.contents(), world };
}

const commands = ["apply", "undo", "disconnect"] as const;

test.for(commands)("killed at any step, %s is finished or taken back by what comes next", async (command) => {
  const whole = await killedAt(command, Infinity);
  expect(whole.steps).toBeGreaterThan(20);
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.steps }), async (at) => {
      const { before, contents, world } = await killedAt(command, at);
      const isBefore = JSON.stringify(contents) === JSON.stringify(before);
      const isAfter = JSON.stringify(contents) === JSON.stringify(whole.contents);
      expect([isBefore, isAfter]).toContain(true);
      expect(world.foreign.reported()).toEqual(contents);
      expect(contents["rules-of-others"]).toBe("theirs");
      outcomes.add(isAfter ? "after" : "before");
    }),
    { numRuns: 60, examples: Array.from({ length: Math.min(20, whole.steps) }, (_, i): [number] => [i + 1]) },
  );
  expect([...outcomes].toSorted()).toEqual(["after", "before"]);
});

test.for(commands)(
  "killed at any step and asked again, %s ends as if it had not been killed",
  async (command) => {
    const whole = await killedAt(command, Infinity);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.steps }), async (at) => {
        const { world } = await killedAt(command, at);
        const again = world.engine();
        await again.settle();
        const refusal = await again.execute({ command }).then(
          () => "",
          (cause: unknown) => String(Object(cause).code),
        );
        // It may have been finished before it was asked again.
        const allowed = { apply: "", undo: "EXTERNAL_NOTHING_TO_UNDO", disconnect: "EXTERNAL_NONE" }[command];
        expect(["", allowed]).toContain(refusal);
        expect(world.foreign.contents()).toEqual(whole.contents);
        expect(world.foreign.reported()).toEqual(whole.contents);
      }),
      { numRuns: 40 },
    );
  },
);
