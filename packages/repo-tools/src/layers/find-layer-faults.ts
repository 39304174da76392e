import { dirname, normalize } from "node:path/posix";
import { listImports } from "../workspace/list-imports.ts";
import type { SourceFile, Workspace } from "../workspace/read-workspace.ts";
import type { LayerGroup } from "./layer-order.ts";

const SCOPE = "@orrery/";
const CHARM_SCOPE = "@orrery-charms/";
/** The one door that everybody's test settings come from; it imports nothing of ours, so it makes no circle. */
const TEST_SETTINGS = "@orrery/repo-tools/vitest";
const FOR_CHARMS = new Set(["vocabulary", "framework"]);

/**
 * Finds what breaks the order of layers: one line for each fault, empty when all is well.
 *
 * A package imports what its package.json declares, from earlier in the order, through a door. Charms see vocabulary and framework
 * only, `charm-testing` in tests alone; nothing imports a charm; no relative import leaves its workspace.
 */
export function findLayerFaults(workspaces: readonly Workspace[], order: readonly LayerGroup[]): string[] {
  const layers = new Layers(workspaces, order);
  return [
    ...layers.unlisted(),
    ...workspaces.flatMap((workspace) => [
      ...declared(workspace).flatMap((name) =>
        layers.mayUse(workspace, name).map((why) => `${workspace.folder}/package.json: ${why}`),
      ),
      ...workspace.files.flatMap((file) => {
        const found = listImports(file.text).flatMap((specifier) =>
          layers.importFaults(workspace, file, specifier),
        );
        return found.map((why) => `${file.path}: ${why}`);
      }),
    ]),
  ];
}

class Layers {
  readonly #workspaces: ReadonlyMap<string, Workspace>;
  readonly #order: readonly string[];
  readonly #groups: ReadonlyMap<string, string>;

  constructor(workspaces: readonly Workspace[], order: readonly LayerGroup[]) {
    this.#workspaces = new Map(workspaces.map((each) => [each.name, each]));
    this.#order = order.flatMap((group) => group.packages.map((each) => SCOPE + each));
    this.#groups = new Map(
      order.flatMap((group) => group.packages.map((each) => [SCOPE + each, group.name])),
    );
  }

  unlisted(): string[] {
    const packages = [...this.#workspaces.values()].filter((each) => each.folder.startsWith("packages/"));
    const missing = packages.filter((each) => !this.#order.includes(each.name));
    const gone = this.#order.filter((name) => !this.#workspaces.has(name));
    return [
      ...missing.map((each) => `${each.folder}: is not in the order of layers`),
      ...gone.map((name) => `${name}: is in the order of layers and does not exist`),
    ];
  }

  importFaults(workspace: Workspace, file: SourceFile, specifier: string): string[] {
    if (specifier.startsWith(".")) {
      const target = normalize(`${dirname(file.path)}/${specifier}`);
      return target.startsWith(`${workspace.folder}/`) ? [] : [`${specifier} leaves the package`];
    }
    if (specifier === TEST_SETTINGS && file.path.endsWith("vitest.config.ts")) return [];
    const [scope = "", short = "", ...door] = specifier.split("/");
    if (`${scope}/` !== SCOPE && `${scope}/` !== CHARM_SCOPE) return [];
    const name = `${scope}/${short}`;
    return [
      ...this.mayUse(workspace, name),
      ...this.doorFaults(specifier, name, [".", ...door].join("/")),
      ...declaration(workspace, file, name),
    ];
  }

  mayUse(workspace: Workspace, name: string): string[] {
    if (name.startsWith(CHARM_SCOPE)) return [`${name} is a charm, and nothing imports a charm`];
    if (workspace.folder === "integration" || name === workspace.name) return [];
    if (name === "@orrery/repo-tools") return [];
    const group = this.#groups.get(name);
    if (workspace.folder.startsWith("charms/")) {
      return group !== undefined && FOR_CHARMS.has(group)
        ? []
        : [`${name} is neither vocabulary nor framework`];
    }
    const upwards = this.#order.indexOf(name) >= this.#order.indexOf(workspace.name);
    return upwards ? [`${name} is not below ${workspace.name}`] : [];
  }

  doorFaults(specifier: string, name: string, door: string): string[] {
    const target = this.#workspaces.get(name);
    if (target === undefined) return [`${name} does not exist`];
    return target.doors.includes(door) ? [] : [`${specifier} is no door of ${name}`];
  }
}

function declaration(workspace: Workspace, file: SourceFile, name: string): string[] {
  if (name === workspace.name) return [`${name} imports itself by its name`];
  if (name === "@orrery/repo-tools") return [`${name} gives test settings to vitest.config.ts only`];
  if (workspace.dependencies.includes(name) && name !== "@orrery/charm-testing") return [];
  if (!/\.test\.ts$|\/test\/|\/bench\//.test(file.path) && workspace.folder !== "integration") {
    return workspace.devDependencies.includes(name)
      ? [`${name} is for tests only`]
      : [`${name} is not declared in package.json`];
  }
  const all = [...workspace.dependencies, ...workspace.devDependencies];
  return all.includes(name) ? [] : [`${name} is not declared in package.json`];
}

function declared(workspace: Workspace): string[] {
  const all = [...workspace.dependencies, ...workspace.devDependencies];
  return all.filter((name) => name.startsWith(SCOPE) || name.startsWith(CHARM_SCOPE));
}
