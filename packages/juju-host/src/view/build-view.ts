import type { Bag, ContainerView, Manifest, RelationView, SecretView, View } from "@orrery/charm";
import type { ContainerObservation, ContainerPlacement, Publication } from "@orrery/engine";
import { materialView } from "@orrery/materials";
import type { MaterialGeneration } from "@orrery/materials";
import { problem } from "@orrery/problems";
import type { HookContext } from "../hook/hook-context.ts";
import { grantedBy } from "./granted.ts";
import type { Seen } from "./look.ts";
import { secretName } from "./own-secrets.ts";
import type { OwnSecret } from "./own-secrets.ts";
import type { RelationVersions } from "./relation-versions.ts";
import type { SeenRelation } from "./seen-relation.ts";

/** Both bags that a unit writes in a relation. */
export interface OwnBags {
  readonly unit: Bag;
  readonly application: Bag;
}

/** What a unit is before and after its charm has said what it wants. */
export interface UnitParts {
  readonly context: HookContext;
  readonly manifest: Manifest;
  readonly seen: Seen;
  readonly kubernetes: boolean;
  /** As they will be when the hook ends well, by relation id. */
  readonly bags: ReadonlyMap<number, OwnBags>;
  readonly ownSecrets: readonly OwnSecret[];
  readonly materials: ReadonlyMap<string, MaterialGeneration>;
  readonly placed: Readonly<Record<string, ContainerPlacement>>;
  readonly observed: Readonly<Record<string, ContainerObservation>>;
  readonly published: Readonly<Record<string, Pick<Publication, "rejected" | "applied">>>;
  /** Foreign systems that the charm wants something of. */
  readonly external: readonly string[];
  readonly versions: RelationVersions;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
}

/** Everything that a unit may see, put together as every host does. */
export function buildView(parts: UnitParts): View {
  const { context, manifest, seen, now } = parts;
  return {
    protocol: 1,
    model: context.model,
    application: context.application,
    unit: context.unit,
    charm: manifest.name,
    leader: seen.leader,
    life: "alive",
    units: seen.units,
    config: seen.config,
    network: {
      address: seen.address,
      // A machine or pod is the unit's own, so that it has the numbers that it prefers.
      ports: Object.fromEntries(Object.entries(manifest.ports).map(([name, { prefer }]) => [name, prefer])),
    },
    relations: seen.relations.map((relation) => relationView(parts, relation)),
    containers: Object.fromEntries(
      Object.entries(parts.placed).map(([name, placed]) => [name, containerView(parts, name, placed)]),
    ),
    materials: Object.fromEntries([...parts.materials].map(([id, material]) => [id, materialView(material)])),
    secrets: secretViews(parts),
    due: seen.state.deadlines.filter(({ at }) => Date.parse(at) <= now).map(({ id }) => id),
    external: Object.fromEntries(parts.external.map((name) => [name, unreached(name)])),
  };
}

function relationView(parts: UnitParts, relation: SeenRelation): RelationView {
  const { context, kubernetes, bags, versions } = parts;
  const { id, endpoint, spec, application, modelUuid, units } = relation;
  const own = bags.get(id) ?? { unit: {}, application: {} };
  const model = modelUuid === context.model.uuid ? context.model : undefined;
  const granted = grantedBy(relation, { kubernetes, namespace: model?.name });
  const contents = {
    localApplication: own.application,
    localUnit: own.unit,
    remoteApplication: relation.remoteApplication,
    remoteUnits: relation.remoteUnits,
  };
  return {
    id,
    endpoint,
    interface: spec.interface,
    application,
    // Juju does not tell the other side's charm, and of its model only whether it is this one.
    ...(model ? { model } : {}),
    units,
    version: versions.versionOf(id, contents),
    bags: contents,
    granted,
  };
}

function containerView(parts: UnitParts, name: string, placed: ContainerPlacement): ContainerView {
  const { program, tools, folder, storage } = placed;
  const seen = parts.observed[name];
  const published = parts.published[name];
  return {
    ready: seen?.ready ?? false,
    program,
    tools,
    folder,
    storage,
    services: seen?.services ?? {},
    checks: seen?.checks ?? {},
    rejected: published?.rejected ?? {},
    ...(published?.applied === undefined ? {} : { applied: published.applied }),
  };
}

function secretViews({ seen, ownSecrets }: UnitParts): Record<string, SecretView> {
  // Juju tells revisions to owners alone; the newest content is read at each hook, so that nothing depends on the number.
  const others = Object.entries(seen.secrets).map(([uri, { content, sharedWith }]): [string, SecretView] => [
    uri,
    { revision: 1, content, sharedWith },
  ]);
  const own = ownSecrets.flatMap(({ uri, label, revision, owner, content }): [string, SecretView][] => {
    const name = secretName(label);
    const sharedWith = seen.state.grants[uri] ?? [];
    return name === undefined ? [] : [[uri, { revision, content, sharedWith, own: { name, by: owner } }]];
  });
  return Object.fromEntries([...others, ...own]);
}

function unreached(name: string): View["external"][string] {
  const message = `foreign system ${name} is not reached by this host`;
  return { known: false, problems: [problem("EXTERNAL_UNSUPPORTED", { message, severity: "warning" })] };
}
