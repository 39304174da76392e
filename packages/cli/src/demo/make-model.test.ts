import { readFileSync } from "node:fs";
import type { Command, ModelStatus } from "@orrery/engine";
import { expect, test } from "vitest";
import type { DemoTarget } from "./make-model.ts";
import { demoBundle } from "./bundle.ts";
import { makeModel } from "./make-model.ts";

const captured = JSON.parse(
  readFileSync(new URL("../../test/fixtures/status.json", import.meta.url), "utf8"),
) as ModelStatus;

/** An engine that has a status and remembers what it was told to do. */
function engine(status: ModelStatus): DemoTarget & { readonly told: Command[] } {
  const told: Command[] = [];
  return {
    told,
    status: async () => status,
    command: async (command) => {
      told.push(command);
      return { message: "", details: {} };
    },
  };
}

test("an empty model gets every application with its options, then every relation", async () => {
  const bundle = await demoBundle();
  const target = engine({ ...captured, applications: {}, relations: [] });
  const made = await makeModel(target, bundle);

  expect(made.deployed).toEqual(Object.keys(bundle.applications));
  expect(made.related).toHaveLength(bundle.relations.length);
  expect(target.told[0]).toMatchObject({
    command: "deploy",
    charm: "prometheus",
    config: { "scrape-interval": "5s" },
  });
});

test("of a model that is there only what is missing is made, whichever way relations are written", async () => {
  const target = engine(captured);
  const made = await makeModel(target, await demoBundle());

  expect(made).toEqual({ deployed: [], related: ["machine:metrics-endpoint – prometheus:metrics-endpoint"] });
  expect(target.told).toEqual([
    { command: "integrate", a: "machine:metrics-endpoint", b: "prometheus:metrics-endpoint" },
  ]);
});

test("a name that belongs to another charm stops the demo before anything is changed", async () => {
  const { storefront, ...others } = captured.applications;
  const foreign = { ...storefront, "charm-name": "shop" } as ModelStatus["applications"][string];
  const target = engine({ ...captured, applications: { ...others, storefront: foreign } });

  await expect(makeModel(target, await demoBundle())).rejects.toMatchObject({
    code: "DEMO_FOREIGN_APPLICATION",
  });
  expect(target.told).toEqual([]);
});

test("the bundle relates only applications that it deploys, and the engine", async () => {
  const { applications, relations } = await demoBundle();
  const named = relations.flat().map((end) => end.split(":")[0] ?? "");

  expect(new Set(named)).toEqual(new Set([...Object.keys(applications), "orrery"]));
});
