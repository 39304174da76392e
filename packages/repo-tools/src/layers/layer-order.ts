/** A group of packages, from bottom to top. */
export interface LayerGroup {
  readonly name: "vocabulary" | "framework" | "hosts" | "people" | "tools";
  readonly packages: readonly string[];
}

/**
 * The one list that says who may import whom: a package imports from earlier in this list only.
 *
 * A new package goes to the lowest place at which it can stand. `docs/explanation/architecture.md` says what each is for.
 */
export const LAYER_ORDER: readonly LayerGroup[] = [
  {
    name: "vocabulary",
    packages: ["problems", "topology", "databag", "query", "rules", "telemetry", "pebble"],
  },
  {
    name: "framework",
    packages: ["charm", "materials", "charm-testing", "relations", "backends", "observability"],
  },
  { name: "hosts", packages: ["provision", "engine", "foreign-charms", "engine-local", "juju-host"] },
  { name: "people", packages: ["verify", "cli"] },
  { name: "tools", packages: ["repo-tools"] },
];
