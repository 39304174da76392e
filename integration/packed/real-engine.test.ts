import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
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
  // Under Juju a port is the one that the charm prefers; here it must be free to be given.
  await until("port 8080 to be free", async () => await isFree(8080), 300_000);
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
    const relations = (await shown(number))?.["relation-info"] ?? [];
    for (const relation of relations.filter(({ endpoint }) => endpoint === "metrics-endpoint")) {
      bags["storefront"] = relation["local-application-data"];
      bags[`storefront/${number}`] = relation["local-unit"].data;
    }
  }
  return bags;
}

async function shown(number: number): Promise<ShownUnit[string] | undefined> {
  const name = `storefront/${number}`;
  return (await world.json<ShownUnit>("show-unit", name))[name];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return await new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "0.0.0.0", () => server.close(() => resolve(true)));
  });
}
