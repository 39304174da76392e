import type { RelationView, View } from "@orrery/charm";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { relationOf, viewOf } from "../shell-charm.test-support.ts";
import { afterHook, quietly } from "./after-hook.ts";
import { chooseHook } from "./choose-hook.ts";
import type { Hook, RelationHook } from "./hook.ts";
import { hookName } from "./hook.ts";
import { nextHook } from "./next-hook.ts";
import { NEW_UNIT } from "./unit-memory.ts";
import type { UnitMemory } from "./unit-memory.ts";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const seen = { charm: "c1", boot: "b1", storage: ["data/0"] };

/** Tells hooks until there is none, or until `most` were told; those that `fails` picks are told again later. */
function tell(
  view: View,
  memory: UnitMemory,
  options: { most?: number; fails?: (nth: number) => boolean } = {},
) {
  const told: Hook[] = [];
  let failing: Hook | undefined;
  let now = quietly(memory, view);
  for (let nth = 0; nth < (options.most ?? 1000); nth++) {
    const hook = chooseHook({ view, memory: now, ...seen }, failing);
    if (!hook) break;
    if (options.fails?.(nth)) {
      failing = hook;
      continue;
    }
    failing = undefined;
    now = afterHook(now, hook, { view, ...seen, now: NOW, updateStatusMs: 1000 });
    told.push(hook);
  }
  return { told, memory: now };
}

function names(hooks: readonly Hook[]): readonly string[] {
  return hooks.map((hook) =>
    hook.kind === "relation" ? `${hookName(hook)} ${hook.unit ?? hook.application}` : hookName(hook),
  );
}

/** One relation in a made-up world. */
interface MadeRelation {
  readonly peer: boolean;
  readonly units: Readonly<Record<string, string>>;
  readonly word: string;
}

const unitNames = ["other/0", "other/2", "other/10"];
const made = fc.record({
  peer: fc.boolean(),
  units: fc.dictionary(fc.constantFrom(...unitNames), fc.constantFrom("", "a", "b"), { maxKeys: 3 }),
  word: fc.constantFrom("", "x", "y"),
});
const worlds = fc.record({
  leader: fc.boolean(),
  config: fc.constantFrom("hello", "bye"),
  due: fc.boolean(),
  relations: fc.array(fc.option(made, { freq: 3 }), { maxLength: 4 }),
  most: fc.integer({ min: 0, max: 12 }),
  fails: fc.array(fc.boolean(), { maxLength: 6 }),
});

/** The view of a world; a relation that was gone once does not come back, since ids are used once. */
function viewOfWorld(
  world: { leader: boolean; config: string; due: boolean; relations: readonly (MadeRelation | null)[] },
  peers: readonly boolean[],
): View {
  const relations = world.relations.flatMap((relation, id): RelationView[] => {
    if (!relation) return [];
    const application = peers[id] ? "shell" : "other";
    const units = Object.keys(relation.units).map((name) => name.replace("other", application));
    const bags = Object.entries(relation.units).map(
      ([name, word]) => [name.replace("other", application), word === "" ? {} : { word }] as const,
    );
    return [
      relationOf({
        id,
        endpoint: peers[id] ? "peers" : "out",
        application,
        units,
        bags: {
          localApplication: {},
          localUnit: {},
          remoteApplication: relation.word === "" ? {} : { word: relation.word },
          remoteUnits: Object.fromEntries(bags),
        },
      }),
    ];
  });
  return viewOf({
    leader: world.leader,
    config: { word: world.config },
    due: world.due ? ["update-status"] : [],
    relations,
  });
}

/** What a legal sequence has told of one relation so far. */
class Told {
  readonly joined = new Set<string>();
  state: "unknown" | "created" | "broken" = "unknown";

  /** Says what is wrong with a hook that comes next in a view. */
  faults(hook: RelationHook, view: View): string[] {
    const relation =
      view.life === "alive" ? view.relations.find(({ id }) => id === hook.relation) : undefined;
    const unit = hook.unit ?? "";
    const faults: [boolean, string][] = [
      [(hook.event === "created") !== (this.state === "unknown"), "created comes first, and once"],
      [hook.event === "created" && !relation, "created for what is gone"],
      [hook.event === "joined" && this.joined.has(unit), "joined twice"],
      [hook.event === "joined" && !relation?.units.includes(unit), "joined for what is gone"],
      [hook.event === "changed" && unit !== "" && !this.joined.has(unit), "changed before joined"],
      [
        hook.event === "changed" && unit !== "" && !relation?.units.includes(unit),
        "changed for what is gone",
      ],
      [hook.event === "changed" && !relation, "changed after the end"],
      [hook.event === "departed" && !this.joined.has(unit), "departed without having joined"],
      [hook.event === "departed" && relation?.units.includes(unit) === true, "departed for what is there"],
      [hook.event === "broken" && this.joined.size > 0, "broken before all departed"],
      [hook.event === "broken" && relation !== undefined, "broken while it stands"],
      [hook.event === "broken" && hook.endpoint === "peers", "peers are never broken"],
    ];
    if (hook.event === "created") this.state = "created";
    if (hook.event === "broken") this.state = "broken";
    if (hook.event === "joined") this.joined.add(unit);
    if (hook.event === "departed") this.joined.delete(unit);
    return faults.flatMap(([bad, what]) => (bad ? [`${hookName(hook)} ${unit}: ${what}`] : []));
  }
}

test("whatever happens to a unit's world, and wherever hooks fail, what it is told is what Juju could have told", () => {
  fc.assert(
    fc.property(fc.array(worlds, { minLength: 1, maxLength: 8 }), fc.boolean(), (steps, dies) => {
      const relations = new Map<number, Told>();
      const gone = new Set<number>();
      const peers = [0, 1, 2, 3].map((id) => steps.some(({ relations }) => relations[id]?.peer === true));
      let memory = NEW_UNIT;
      let installed = false;
      const faults: string[] = [];
      const check = (told: readonly Hook[], view: View): void => {
        for (const hook of told) {
          const first = hook.kind === "life" && hook.event === "install";
          const isEarly = hook.kind === "storage";
          if (!isEarly && installed === first)
            faults.push(`${hookName(hook)}: install comes first, and once`);
          installed ||= first;
          const leads = hook.kind === "life" && hook.event === "leader-elected";
          if (leads && !view.leader) faults.push("leader-elected for one who does not lead");
          if (hook.kind !== "relation") continue;
          const known = relations.get(hook.relation) ?? new Told();
          relations.set(hook.relation, known);
          faults.push(...known.faults(hook, view));
        }
      };
      for (const step of steps) {
        step.relations.forEach((relation, id) => !relation && gone.add(id));
        const world = { ...step, relations: step.relations.map((one, id) => (gone.has(id) ? null : one)) };
        for (let id = world.relations.length; id < 4; id++) gone.add(id);
        const view = viewOfWorld(world, peers);
        const ended = tell(view, memory, { most: step.most, fails: (nth) => step.fails[nth] === true });
        check(ended.told, view);
        ({ memory } = ended);
      }
      const last = { ...(steps.at(-1) ?? steps[0]!), due: false };
      const view: View = {
        ...viewOfWorld(
          { ...last, relations: last.relations.map((one, id) => (gone.has(id) ? null : one)) },
          peers,
        ),
        life: dies ? "dying" : "alive",
      };
      const rest = tell(view, memory);
      check(rest.told, view);
      expect(nextHook({ view, memory: rest.memory, ...seen })).toBeUndefined();
      if (dies && installed && names(rest.told).at(-1) !== "remove") faults.push("remove does not come last");
      for (const { id, units } of dies ? [] : view.relations) {
        const joined = [...(relations.get(id)?.joined ?? [])].toSorted();
        if (joined.join(" ") !== [...units].toSorted().join(" "))
          faults.push(`relation ${id}: not all were told`);
      }
      expect(faults).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("among the units of a relation the order is that of texts, the application's bag comes before the units", () => {
  const bags = {
    localApplication: {},
    localUnit: {},
    remoteApplication: { all: "yes" },
    remoteUnits: { "other/2": {}, "other/10": {} },
  };
  const view = viewOf({ relations: [relationOf({ units: ["other/2", "other/10"], bags })] });
  expect(names(tell(view, NEW_UNIT).told)).toEqual([
    "data-storage-attached",
    "install",
    "out-relation-created other",
    "leader-elected",
    "config-changed",
    "start",
    "out-relation-changed other",
    "out-relation-joined other/10",
    "out-relation-changed other/10",
    "out-relation-joined other/2",
    "out-relation-changed other/2",
  ]);
});

test("a hook that failed is told again before others, unless what it tells is no more", () => {
  const before = viewOf({ relations: [relationOf()] });
  const { memory } = tell(before, NEW_UNIT);
  const failing: Hook = {
    kind: "relation",
    event: "changed",
    relation: 3,
    endpoint: "out",
    application: "other",
    unit: "other/0",
  };
  const changed = { ...before, config: { word: "bye" } };

  expect(chooseHook({ view: changed, memory, ...seen }, failing)).toEqual(failing);
  expect(chooseHook({ view: { ...changed, relations: [] }, memory, ...seen }, failing)).toMatchObject({
    event: "config-changed",
  });
});

test("a new version of the charm, a start of the machine and a passed deadline are told", () => {
  const view = viewOf();
  const { memory } = tell(view, NEW_UNIT);
  const next = (change: object): string[] => {
    const hook = nextHook({ view, memory, ...seen, ...change });
    return hook ? [hookName(hook)] : [];
  };

  expect(next({})).toEqual([]);
  expect(next({ charm: "c2" })).toEqual(["upgrade-charm"]);
  expect(next({ boot: "b2" })).toEqual(["start"]);
  expect(next({ view: { ...view, due: ["update-status"] } })).toEqual(["update-status"]);
  expect(memory.updateStatusAt).toBe(new Date(NOW + 1000).toISOString());
});

test("a secret that a charm has read and that is newer is told once; its own are told when their time has come", () => {
  const uri = "secret:d0erdgfmp25c762i8np0";
  const id = "d0erdgfmp25c762i8np0";
  const settled = tell(viewOf(), NEW_UNIT).memory;
  const memory: UnitMemory = {
    ...settled,
    read: { [id]: { revision: 1, told: 1, label: "theirs" } },
    owned: {
      d0erdgfmp25c762i8nq0: {
        owner: "application",
        label: "mine",
        rotate: "daily",
        rotateAt: "2026-01-01",
        grants: [],
      },
    },
  };
  const view = viewOf({ secrets: { [uri]: { revision: 2, content: { key: "value" } } } });
  const ended = tell(view, memory);

  expect(ended.told).toEqual([{ kind: "secret", event: "changed", id, label: "theirs" }]);
  const due = viewOf({ due: ["secret-rotate d0erdgfmp25c762i8nq0"] });
  expect(nextHook({ view: due, memory, ...seen })).toMatchObject({ event: "rotate", label: "mine" });
  expect(nextHook({ view: { ...due, leader: false }, memory, ...seen })).toBeUndefined();
});
