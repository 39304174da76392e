import { OrreryError } from "@orrery/problems";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "./commands/command.ts";
import { Engine } from "./engine.ts";
import { MemoryCharms } from "./charm-source/memory-charms.ts";
import { MemoryStore } from "./store/memory-store.ts";
import type { Row, RowChange } from "./store/store.ts";
import type { Substrate } from "./substrate/substrate.ts";
import { MemorySubstrate } from "./substrate/memory-substrate.ts";
import { relay, source, toyWorld } from "./toy-charms.test-support.ts";

/** Sources, then relays: words travel from earlier names to later ones, so that every model comes to rest. */
const SOURCES = ["alpha", "beta"];
const RELAYS = ["kappa", "lambda", "omicron"];

type Op = Command | "settle" | { readonly advance: number };

const anApplication = fc.constantFrom(...SOURCES, ...RELAYS);
const aRelation = fc.constantFrom(
  ...SOURCES.flatMap((from) => RELAYS.map((to) => ({ a: `${from}:out`, b: `${to}:in` }))),
  ...RELAYS.flatMap((from, i) => RELAYS.slice(i + 1).map((to) => ({ a: `${to}:in`, b: `${from}:out` }))),
);
const aCommand: fc.Arbitrary<Command> = fc.oneof(
  anApplication.map((application): Command => {
    const charm = SOURCES.includes(application) ? "source" : "relay";
    return { command: "deploy", charm, application };
  }),
  aRelation.map((sides): Command => ({ command: "integrate", ...sides })),
  aRelation.map((sides): Command => ({ command: "integrate", ...sides })),
  aRelation.map((sides): Command => ({ command: "remove-relation", ...sides })),
  anApplication.map((application): Command => ({ command: "add-unit", application })),
  fc
    .tuple(anApplication, fc.nat(2))
    .map(([application, n]): Command => ({ command: "remove-unit", unit: `${application}/${n}` })),
  anApplication.map((application): Command => ({ command: "remove-application", application })),
  fc
    .tuple(fc.constantFrom(...SOURCES), fc.constantFrom("red", "green", "blue"))
    .map(([application, word]): Command => ({ command: "config", application, set: { word } })),
  fc
    .tuple(fc.constantFrom(...RELAYS), fc.constantFrom("", "> "))
    .map(([application, prefix]): Command => ({ command: "config", application, set: { prefix } })),
  fc
    .constantFrom("red-key-1", "green-key-2")
    .map((key): Command => ({ command: "add-secret", name: "token", content: { key } })),
  fc.constantFrom("red-key-1", "green-key-2").map((key): Command => ({
    command: "update-secret",
    secret: "token",
    content: { key },
  })),
  anApplication.map((one): Command => ({ command: "grant-secret", secret: "token", applications: [one] })),
  anApplication.map((one): Command => ({ command: "revoke-secret", secret: "token", applications: [one] })),
  fc.constant<Command>({ command: "remove-secret", secret: "token" }),
  fc.constantFrom(...SOURCES).map((application): Command => ({
    command: "config",
    application,
    set: { targets: "10.0.0.1:80, 10.0.0.2:80" },
  })),
);
const aTroubledCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: aCommand },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...SOURCES), fc.constantFrom("calm", "throw", "junk", "refuse"))
      .map(([application, mode]): Command => {
        const set = mode === "refuse" ? { word: "refuse-me" } : { mode };
        return { command: "config", application, set };
      }),
  },
);
/** A model that has something in it from the start. */
const opening: readonly Command[] = [
  { command: "deploy", charm: "source", application: "alpha", units: 2 },
  { command: "deploy", charm: "relay", application: "kappa" },
  { command: "integrate", a: "alpha", b: "kappa:in" },
];
const commands = (of: fc.Arbitrary<Command>): fc.Arbitrary<readonly Command[]> =>
  fc.array(of, { minLength: 1, maxLength: 14 }).map((more) => [...opening, ...more]);

/** Ends the process, as far as the engine can tell, after so many commits. */
class KilledStore extends MemoryStore {
  left: number;
  dead = false;

  constructor(rows: Iterable<Row>, left: number) {
    super(rows);
    this.left = left;
  }

  override commit(changes: readonly RowChange[]): void {
    if (this.left === 0) this.dead = true;
    if (this.dead) throw new OrreryError("STORE_FAILED", "killed");
    this.left -= 1;
    super.commit(changes);
  }
}

/** What a killed engine can no longer reach. */
function until(store: KilledStore, substrate: Substrate): Substrate {
  const alive = (): void => {
    if (store.dead) throw new OrreryError("STORE_FAILED", "killed");
  };
  return {
    place: async (plan) => (alive(), await substrate.place(plan)),
    apply: async (unit, containers) => (alive(), await substrate.apply(unit, containers)),
    observe: async (unit) => await substrate.observe(unit),
    remove: async (unit) => (alive(), await substrate.remove(unit)),
    exec: async (unit, container, command) => await substrate.exec(unit, container, command),
  };
}

class Rig {
  readonly world: ReturnType<typeof toyWorld> = toyWorld();
  readonly substrate: MemorySubstrate = new MemorySubstrate();
  store: MemoryStore = new MemoryStore();
  engine: Engine = this.start();

  start(): Engine {
    const { store, world } = this;
    const substrate = store instanceof KilledStore ? until(store, this.substrate) : this.substrate;
    return new Engine({ store, substrate, charms: new MemoryCharms([source, relay]), ...world });
  }

  /** Refusals are answers like others: they must be the same in each run. */
  async run(op: Op): Promise<string> {
    if (op === "settle") {
      await this.rest();
      return "settled";
    }
    if ("advance" in op) {
      this.world.advance(op.advance);
      return "later";
    }
    try {
      return (await this.engine.execute(op)).message;
    } catch (cause) {
      return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    }
  }

  async rest(): Promise<void> {
    do await this.engine.settle();
    while (await this.engine.observe());
  }

  /** Everything that lasts, but for the journal's own story. */
  state(): { rows: readonly Row[]; files: Readonly<Record<string, string>> } {
    return {
      rows: this.store.export().filter(({ kind }) => kind !== "journal"),
      files: this.substrate.files(),
    };
  }
}

function expectWellFormed({ engine, store }: Rig): void {
  const status = engine.status({ relations: true });
  const members = new Map(
    status.relations?.map(({ id, endpoints }) => [
      String(id),
      endpoints.map((end) => end.split(":")[0] ?? ""),
    ]),
  );
  for (const { units } of Object.values(status.applications)) {
    const leaders = Object.values(units).filter(({ leader }) => leader);
    expect(leaders).toHaveLength(Object.keys(units).length === 0 ? 0 : 1);
  }
  const bags = store.export().filter(({ kind }) => kind === "bag");
  for (const { key } of bags) {
    const [relation = "", owner = ""] = key.split(" ");
    const [application = ""] = owner.split("/");
    expect(members.get(relation)).toContain(application);
    expect([application, ...Object.keys(status.applications[application]?.units ?? {})]).toContain(owner);
  }
}

test("after any commands, a settled model is well formed, costs nothing more, and a fresh engine sees it the same", async () => {
  await fc.assert(
    fc.asyncProperty(commands(aTroubledCommand), async (ops) => {
      const rig = new Rig();
      for (const op of ops) await rig.run(op);
      await rig.rest();
      expectWellFormed(rig);
      const before = rig.state();
      const status = rig.engine.status({ relations: true });
      expect(Object.values(await rig.engine.settle()).every((cost) => cost === 0)).toBe(true);

      rig.engine = rig.start();
      const written = rig.engine.counters().rowsWritten;
      await rig.rest();

      expect(rig.state()).toEqual(before);
      expect(rig.engine.counters()).toMatchObject({
        rowsWritten: written,
        bagWrites: 0,
        filesWritten: 0,
        filesRemoved: 0,
        restarts: 0,
      });
      expect(rig.engine.status({ relations: true })).toEqual(status);
    }),
    { numRuns: 60 },
  );
});

test("when the model settles makes no difference to what comes out", async () => {
  await fc.assert(
    fc.asyncProperty(
      commands(aCommand),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      async (ops, rests) => {
        const [often, seldom] = [new Rig(), new Rig()];
        for (const [i, op] of ops.entries()) {
          // A name is free again only once what bore it is gone, so removals are let through in both.
          const ends = op.command === "remove-application";
          await often.run(op);
          if (rests[i] === true || ends) await often.rest();
          await seldom.run(op);
          if (ends) await seldom.rest();
        }
        await often.rest();
        await seldom.rest();
        expect(seldom.state()).toEqual(often.state());
      },
    ),
    { numRuns: 60 },
  );
});

test("the same commands with the same clock and randomness give the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(commands(aTroubledCommand), async (ops) => {
      const [one, two] = [new Rig(), new Rig()];
      for (const rig of [one, two]) {
        for (const op of ops) {
          await rig.run(op);
          await rig.run("settle");
          await rig.run({ advance: 1000 });
        }
      }
      expect(two.store.export()).toEqual(one.store.export());
      expect(two.engine.events()).toEqual(one.engine.events());
      expect(two.substrate.files()).toEqual(one.substrate.files());
    }),
    { numRuns: 30 },
  );
});

test("killed at any commit and started again, it ends where it would have ended", async () => {
  await fc.assert(
    fc.asyncProperty(commands(aTroubledCommand), fc.nat(60), async (ops, left) => {
      const [whole, broken] = [new Rig(), new Rig()];
      for (const [i, op] of ops.entries()) {
        // What is asked for again after a kill is made of the same bytes.
        whole.world.reseed(i);
        await whole.run(op);
        await whole.rest();
      }
      broken.store = new KilledStore(broken.store.export(), left);
      broken.engine = broken.start();
      for (const [i, op] of ops.entries()) {
        broken.world.reseed(i);
        const taken = broken.store.export().filter(({ kind }) => kind === "journal").length;
        const dead = broken.store;
        await broken.run(op);
        await broken.rest();
        if (!(dead instanceof KilledStore) || !dead.dead) continue;
        broken.store = new MemoryStore(dead.export());
        broken.engine = broken.start();
        broken.world.reseed(i);
        if (dead.export().filter(({ kind }) => kind === "journal").length === taken) await broken.run(op);
        await broken.rest();
      }
      expect(broken.state()).toEqual(whole.state());
    }),
    { numRuns: 80 },
  );
});

test("nothing of a removed application is left but the journal's story", async () => {
  await fc.assert(
    fc.asyncProperty(commands(aTroubledCommand), anApplication, async (ops, gone) => {
      const rig = new Rig();
      for (const op of ops) await rig.run(op);
      await rig.rest();
      await rig.run({ command: "remove-application", application: gone });
      await rig.rest();

      expect(JSON.stringify(rig.state())).not.toContain(gone);
      expect(
        JSON.stringify([
          rig.engine.status({ relations: true }),
          rig.engine.problems(),
          rig.engine.expectations(),
        ]),
      ).not.toContain(gone);
    }),
    { numRuns: 30 },
  );
});
