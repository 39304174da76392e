import { isApplicationName } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { CharmMetadata } from "./charm-metadata.ts";
import { isRecord, parseJujuYaml } from "./parse-juju-yaml.ts";
import { readActions } from "./read-actions.ts";
import { readEndpoints } from "./read-endpoints.ts";
import { readOptions } from "./read-options.ts";
import { readStorage, unusedParts } from "./unused-parts.ts";

/** Texts of a charm's metadata files by name; a file that is not there is absent. */
export type MetadataFiles = Readonly<
  Partial<Record<"metadata.yaml" | "config.yaml" | "actions.yaml" | "charmcraft.yaml", string>>
>;

/** Keys of `charmcraft.yaml` that say how to build and what goes to other files; everything else is metadata. */
const NO_METADATA = new Set([
  "type",
  "bases",
  "base",
  "build-base",
  "platforms",
  "parts",
  "charm-libs",
  "charmhub",
  "analysis",
  "extensions",
  "config",
  "actions",
]);

/**
 * Reads what a charm says of itself: `metadata.yaml` with `config.yaml` and `actions.yaml` as in a packed charm, else
 * `charmcraft.yaml` as in its sources.
 *
 * @throws OrreryError `CHARM_INVALID` with what is wrong, `CHARM_UNSUPPORTED` with what it needs that is not there.
 * @see juju-protocol: charm metadata and package.
 */
export function readCharmMetadata(files: MetadataFiles): CharmMetadata {
  const { metadata, config, actions, split } = parts(files);
  const { name, summary } = metadata;
  if (typeof name !== "string" || !isApplicationName(name)) {
    throw new OrreryError(
      "CHARM_INVALID",
      `charm's name is ${JSON.stringify(name)}; allowed is one such as \`web-shop2\``,
    );
  }
  const ignored = unusedParts(metadata);
  const named = readActions(actions);
  return {
    manifest: {
      name,
      summary: typeof summary === "string" ? summary.trim() : "",
      endpoints: readEndpoints(metadata),
      config: readOptions(config["options"]),
      ports: {},
      containers: {},
      actions: named.actions,
      assets: [],
    },
    extraBindings: Object.keys(isRecord(metadata["extra-bindings"]) ? metadata["extra-bindings"] : {}),
    storage: readStorage(metadata["storage"]),
    problems: [...ignored, ...named.problems],
    split,
  };
}

interface Parts {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly actions: Readonly<Record<string, unknown>>;
  readonly split: Readonly<Record<string, string>>;
}

function parts(files: MetadataFiles): Parts {
  const read = (file: keyof MetadataFiles): Readonly<Record<string, unknown>> =>
    parseJujuYaml(files[file] ?? "", file);
  if (files["metadata.yaml"] !== undefined) {
    return {
      metadata: read("metadata.yaml"),
      config: read("config.yaml"),
      actions: read("actions.yaml"),
      split: {},
    };
  }
  const all = read("charmcraft.yaml");
  if (all["type"] !== "charm") {
    throw new OrreryError(
      "CHARM_INVALID",
      `charmcraft.yaml has type ${JSON.stringify(all["type"])}; allowed is charm`,
    );
  }
  const metadata = Object.fromEntries(Object.entries(all).filter(([key]) => !NO_METADATA.has(key)));
  const config = isRecord(all["config"]) ? all["config"] : {};
  const actions = isRecord(all["actions"]) ? all["actions"] : {};
  return {
    metadata,
    config,
    actions,
    // JSON is YAML; what a charm reads at run time is these.
    split: Object.fromEntries(
      Object.entries({ "metadata.yaml": metadata, "config.yaml": config, "actions.yaml": actions }).map(
        ([file, content]) => [file, `${JSON.stringify(content, undefined, 2)}\n`],
      ),
    ),
  };
}
