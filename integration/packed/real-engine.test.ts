import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ShownUnit } from "@orrery/engine";
import { packCharm } from "@orrery/juju-host";
import { afterAll, expect, test } from "vitest";
import { World, until } from "../world/world.ts";
import { charmFolder } from "./packed-charm.ts";

/** Addresses depend on the path of the home, identity on what is in it: both engines have the one home, one after the other. */
const home = mkdtempSync(join(tmpdir(), "orrery-same-"));
const seed = `${home}-seed`;
const packed = `${home}-packed`;
const world = new World({ home });

afterAll(async () => {
  await world[Symbol.asyncDispose]();
  for (const folder of [seed, packed]) rmSync(folder, { recursive: true, force: true });
});

/** The port that the storefront prefers. */
const PORT = 8080;

/** What each unit of an application and the application itself wrote in its relation, by who wrote it. */
type Bags = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a person does, one after the other; after each the bags are looked at. */
const SITUATIONS: readonly {
  readonly what: string;
  readonly command: readonly string[];
  readonly units: readonly number[];
}[] = [
  { what: "relate", command: ["integrate", "storefront", "prometheus"], units: [0] },
  { what: "scale", command: ["add-unit", "storefront"], units: [0, 1] },
  {
    what: "config",
    command: ["config", "storefront", "fault=latency", "storefront-slow-threshold=2"],
    units: [0, 1],
  },
  { what: "leader loss", command: ["remove-unit", "storefront/0"], units: [1] },
  { what: "unrelate", command: ["remove-relation", "storefront", "prometheus"], units: [1] },
];

test("the packed storefront, run by our own runner of hooks, writes the bags of the one that runs in the engine", async () => {
  await world.run("up");
  await world.run("down");
  cpSync(home, seed, { recursive: true });
  const wanted = await live("storefront", async (_, units) => await settled(units));
  rmSync(home, { recursive: true });
  cpSync(seed, home, { recursive: true });
  const { path } = await packCharm({
    charm: charmFolder("products/storefront"),
    into: packed,
    substrate: "machine",
    node: { architecture: process.arch === "arm64" ? "arm64" : "amd64" },
  });

  const found = await live(path, async (what, units) => {
    const same = JSON.stringify(wanted.get(what));
    let bags: Bags = {};
    await until(
      `the same bags after: ${what}`,
      async () => {
        bags = await bagsOf(units);
        return JSON.stringify(bags) === same;
      },
      120_000,
    ).catch(() => undefined);
    return bags;
  });
  for (const { what } of [{ what: "deploy" }, ...SITUATIONS])
    expect({ what, ...found.get(what) }).toEqual({ what, ...wanted.get(what) });
  expect(Object.keys(wanted.get("scale") ?? {})).toEqual(["storefront", "storefront/0", "storefront/1"]);
});

/** Goes through all situations with one of the two, and gives the bags after each. */
async function live(
  charm: string,
  look: (what: string, units: readonly number[]) => Promise<Bags>,
): Promise<ReadonlyMap<string, Bags>> {
  const found = new Map<string, Bags>();
  await world.run("up");
  await world.run("deploy", "prometheus");
  await world.run("deploy", charm, "storefront");
  await until("the storefront to be placed", async () => (await shown(0))?.address !== undefined, 600_000);
  found.set("deploy", await look("deploy", [0]));
  for (const { what, command, units } of SITUATIONS) {
    await world.run(...command);
    found.set(what, await look(what, units));
  }
  await world.run("down");
  return found;
}

/** The bags once they have not changed for a while. */
async function settled(units: readonly number[]): Promise<Bags> {
  let before = "";
  let since = Date.now();
  return await until(
    "bags that stand",
    async () => {
      const bags = await bagsOf(units);
      const now = JSON.stringify(bags);
      if (now !== before) [before, since] = [now, Date.now()];
      return Date.now() - since > 5000 && bags;
    },
    300_000,
  );
}

async function bagsOf(units: readonly number[]): Promise<Bags> {
  const bags: Record<string, Readonly<Record<string, string>>> = {};
  for (const number of units) {
    const unit = await shown(number);
    const relations = unit?.["relation-info"] ?? [];
    for (const relation of relations.filter(({ endpoint }) => endpoint === "metrics-endpoint")) {
      bags["storefront"] = atItsPort(relation["local-application-data"], unit?.ports["http"] ?? PORT);
      bags[`storefront/${number}`] = ownKeys(relation["local-unit"].data);
    }
  }
  return bags;
}

/** Under Juju a port is always the one that the charm prefers; the engine gives another where somebody has that already. */
function atItsPort(bag: Readonly<Record<string, string>>, port: number): Readonly<Record<string, string>> {
  const entries = Object.entries(bag).map(([key, text]) => [
    key,
    text.replaceAll(`"*:${port}"`, `"*:${PORT}"`),
  ]);
  return Object.fromEntries(entries);
}

/** Without the keys that Juju itself has in every unit's bag: the engine shows them to readers, its runner of hooks to their writer too. */
function ownKeys(bag: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { "egress-subnets": _s, "ingress-address": _i, "private-address": _p, ...own } = bag;
  return own;
}

async function shown(number: number): Promise<ShownUnit[string] | undefined> {
  const name = `storefront/${number}`;
  return (await world.json<ShownUnit>("show-unit", name))[name];
}
