import { expect, test } from "vitest";
import { readWorkspaces } from "../workspace/read-workspace.ts";
import type { Workspace } from "../workspace/read-workspace.ts";
import { findLayerFaults } from "./find-layer-faults.ts";
import { LAYER_ORDER } from "./layer-order.ts";
import type { LayerGroup } from "./layer-order.ts";

test("the repository keeps the order of layers", () => {
  expect(findLayerFaults(readWorkspaces(), LAYER_ORDER)).toEqual([]);
});

const order: LayerGroup[] = [
  { name: "vocabulary", packages: ["low"] },
  { name: "framework", packages: ["middle", "charm-testing"] },
  { name: "hosts", packages: ["high"] },
];

const low = workspace("packages/low", { doors: [".", "./side"] });
const middle = workspace("packages/middle", { doors: ["."], dependencies: ["@orrery/low"] });
const testing = workspace("packages/charm-testing", { doors: ["."] });
const high = workspace("packages/high", { doors: ["."], dependencies: ["@orrery/middle"] });
const charm = workspace("charms/stack/one", {
  name: "@orrery-charms/one",
  dependencies: ["@orrery/middle"],
  devDependencies: ["@orrery/charm-testing"],
});

const holds = {
  import: 'import { a } from "X";\n',
  many: 'import {\n  a,\n  b,\n} from "X";\n',
  reexport: 'export type { A } from "X";\n',
};

test.for([
  {
    what: "an upward import",
    in: low,
    path: "packages/low/src/a.ts",
    imports: "@orrery/middle",
    says: "not below",
  },
  {
    what: "an undeclared import",
    in: high,
    path: "packages/high/src/a.ts",
    imports: "@orrery/low",
    says: "not declared",
  },
  {
    what: "a deep import",
    in: middle,
    path: "packages/middle/src/a.ts",
    imports: "@orrery/low/src/b.ts",
    says: "no door",
  },
  {
    what: "a door that is not listed",
    in: middle,
    path: "packages/middle/src/a.ts",
    imports: "@orrery/low/other",
    says: "no door",
  },
  {
    what: "a relative import of another package",
    in: middle,
    path: "packages/middle/src/a.ts",
    imports: "../../low/src/a.ts",
    says: "leaves",
  },
  {
    what: "an import of a charm",
    in: high,
    path: "packages/high/src/a.ts",
    imports: "@orrery-charms/one",
    says: "nothing imports a charm",
  },
  {
    what: "a charm that imports a host",
    in: charm,
    path: "charms/stack/one/charm.ts",
    imports: "@orrery/high",
    says: "neither vocabulary nor framework",
  },
  {
    what: "charm-testing outside a test",
    in: charm,
    path: "charms/stack/one/charm.ts",
    imports: "@orrery/charm-testing",
    says: "tests only",
  },
])("$what is a fault, in every form of import", ({ in: owner, path, imports, says }) => {
  for (const form of Object.values(holds)) {
    const file = { path, text: form.replace("X", imports) };
    const all = [low, middle, testing, high, charm].map((each) =>
      each === owner ? { ...each, files: [file] } : each,
    );

    const faults = findLayerFaults(all, order);

    expect(faults.join("\n")).toContain(says);
    expect(faults.every((fault) => fault.startsWith(path))).toBe(true);
  }
});

test("what the rules allow is no fault", () => {
  const files = [
    {
      path: "charms/stack/one/charm.ts",
      text: 'import { a } from "@orrery/middle";\nimport { b } from "./rules/b.ts";\n',
    },
    { path: "charms/stack/one/charm.test.ts", text: 'import { a } from "@orrery/charm-testing";\n' },
    {
      path: "charms/stack/one/vitest.config.ts",
      text: 'import { settings } from "@orrery/repo-tools/vitest";\n',
    },
  ];

  expect(findLayerFaults([low, middle, testing, high, { ...charm, files }], order)).toEqual([]);
});

test("a dependency upwards in package.json is a fault even when nothing imports it, so there is no circle", () => {
  const circular = { ...low, devDependencies: ["@orrery/middle"] };

  expect(findLayerFaults([circular, middle, testing, high], order)).toEqual([
    "packages/low/package.json: @orrery/middle is not below @orrery/low",
  ]);
});

test("a package that nobody put in the order is a fault", () => {
  const stray = workspace("packages/stray", {});

  expect(findLayerFaults([low, middle, testing, high, stray], order)).toEqual([
    "packages/stray: is not in the order of layers",
  ]);
});

function workspace(folder: string, parts: Partial<Workspace>): Workspace {
  const name = `@orrery/${folder.split("/").at(-1)}`;
  return { name, folder, dependencies: [], devDependencies: [], doors: [], files: [], ...parts };
}
