import { readFileSync } from "node:fs";
import type { ApplicationConfig, Command, ModelStatus } from "@orrery/engine";
import { expect, test } from "vitest";
import { demoBundle } from "../demo/demo-bundle.ts";
import { bundleChanges } from "./bundle-changes.ts";
import { carryOut, planBundle } from "./carry-out.ts";
import { exportBundle } from "./export-bundle.ts";
import { readDocument } from "./read-document.ts";
import { resolveBundle } from "./resolve-bundle.ts";

const captured = JSON.parse(
  readFileSync(new URL("../../test/fixtures/status.json", import.meta.url), "utf8"),
) as ModelStatus;
const empty: ModelStatus = { ...captured, applications: {}, relations: [] };

/** Options of an application as a person has set them. */
function set(application: string, options: Readonly<Record<string, string | number>>): ApplicationConfig {
  const settings = Object.entries(options).map(([key, value]) => [
    key,
    { type: "string", description: "", value, source: "user", allowed: "" } as const,
  ]);
  return { application, charm: application, settings: Object.fromEntries(settings) };
}

test("an empty model gets every application with its options, then every relation", async () => {
  const told: Command[] = [];
  const engine = {
    status: async () => empty,
    config: async (name: string) => set(name, {}),
    command: async (command: Command) => {
      told.push(command);
      return { message: "", details: {} };
    },
  };
  const bundle = await demoBundle();
  // The engine's own application is there before any other.
  const itself = { ...captured.applications["storefront"], "charm-name": "orrery", charm: "orrery" };
  engine.status = async () => ({ ...empty, applications: { orrery: itself } }) as ModelStatus;
  const says: string[] = [];
  await carryOut(engine, await planBundle(engine, bundle), (change) => says.push(change.says));

  expect(told.map(({ command }) => command)).toEqual([
    ...Object.keys(bundle.applications).map(() => "deploy"),
    ...bundle.relations.map(() => "integrate"),
  ]);
  expect(told[0]).toMatchObject({ charm: "prometheus", config: { "scrape-interval": "5s" }, units: 1 });
  expect(says[0]).toBe("deploy application prometheus");
});

test("of a model that is there only what is missing or different is made, whichever way relations are written", () => {
  const changes = bundleChanges(
    {
      applications: {
        prometheus: {
          charm: "prometheus",
          units: 1,
          options: { "scrape-interval": "5s", "log-level": "warn" },
        },
        storefront: { charm: "storefront", units: 4, options: { traffic: 5 } },
      },
      relations: [
        ["prometheus", "storefront"],
        ["prometheus:metrics-endpoint", "machine:metrics-endpoint"],
      ],
      unused: [],
    },
    {
      status: captured,
      config: {
        prometheus: set("prometheus", { "scrape-interval": "5s", "log-level": "info" }),
        storefront: set("storefront", { traffic: "5" }),
      },
    },
  );

  expect(changes.map(({ says }) => says)).toEqual([
    "set options of prometheus: log-level",
    "add 2 units to storefront",
    "add relation prometheus:metrics-endpoint - machine:metrics-endpoint",
  ]);
  expect(changes[0]?.command).toEqual({
    command: "config",
    application: "prometheus",
    set: { "log-level": "warn" },
  });
});

test("a name that belongs to another charm, and a relation with nobody, are refused before anything is changed", () => {
  const facts = { status: captured, config: {} };
  const taken = {
    applications: { storefront: { charm: "shop", units: 1, options: {} } },
    relations: [],
    unused: [],
  };
  const nobody = { applications: {}, relations: [["storefront", "loki"]] as const, unused: [] };

  expect(() => bundleChanges(taken, facts)).toThrow("application storefront is there from charm storefront");
  expect(() => bundleChanges(nobody, facts)).toThrow(
    "neither the bundle nor the model has an application loki",
  );
});

test("what a model is exported as changes nothing in it, and makes its applications and relations in an empty one", async () => {
  const config = {
    ...Object.fromEntries(Object.keys(captured.applications).map((name) => [name, set(name, {})])),
    storefront: set("storefront", { fault: "none" }),
  };
  const exported = exportBundle(captured, config);
  const document = await readDocument(JSON.stringify(exported), { file: "exported", kind: "bundle" });
  const bundle = resolveBundle(document, [], { charm: (name) => name, option: (value) => value });

  expect(bundleChanges(bundle, { status: captured, config })).toEqual([]);
  const orrery = captured.applications["orrery"];
  const bare = { ...empty, applications: orrery ? { orrery } : {} };
  expect(bundleChanges(bundle, { status: bare, config: {} })).toHaveLength(
    Object.keys(exported.applications).length + (captured.relations ?? []).length,
  );
  expect(exported.applications["storefront"]).toMatchObject({ options: { fault: "none" } });
});

test("what is being removed is not written down, nor any relation of it", () => {
  const { storefront } = captured.applications;
  const dying = { ...storefront, life: "dying" } as ModelStatus["applications"][string];
  const exported = exportBundle(
    { ...captured, applications: { ...captured.applications, storefront: dying } },
    {},
  );

  expect(Object.keys(exported.applications)).not.toContain("storefront");
  expect(exported.relations.flat().filter((end) => end.startsWith("storefront:"))).toEqual([]);
  expect(exported.relations.length).toBeGreaterThan(0);
});
