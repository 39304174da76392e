import { createHash } from "node:crypto";
import type { Bag, ContainerView, Manifest, NetworkView, RelationView, View } from "@orrery/charm";
import { effectiveConfig } from "@orrery/charm";
import { materialView } from "@orrery/materials";
import type { Core } from "../core.ts";
import { externalView } from "../external/external-view.ts";
import type { RelationSide } from "../model/model.ts";
import { bagKey, bagOf, leaderOf, sidesOf, theModel, unitsOf } from "../model/model.ts";
import type { StateRecord, UnitRecord } from "../model/records.ts";
import { readableSecrets } from "../secrets/readable-secrets.ts";
import type { Placement } from "../substrate/substrate.ts";
import { unitBag } from "./unit-bag.ts";
import { dueMaterials, materialsOf } from "./due-materials.ts";
import { grantedBy } from "./granted.ts";
import { runtimeOf } from "./unit-runtime.ts";

/** A unit that has a place. */
export interface PlacedUnit extends UnitRecord {
  readonly placement: Placement;
}

const EMPTY: Bag = {};

/** Everything that a unit may see, and a text that tells this view from any other of the same unit. */
export function buildView(
  core: Core,
  unit: PlacedUnit,
  manifest: Manifest,
): { readonly view: View; readonly key: string } {
  const { db } = core;
  const model = theModel(db);
  const state = db.states.get(unit.name);
  const leader = leaderOf(db, unit.application) === unit.name;
  const sides = sidesOf(db, unit.application).filter(({ local }) =>
    Object.hasOwn(manifest.endpoints, local.endpoint),
  );
  runtimeOf(core, unit.name).versions.keep(new Set(sides.map(({ relation }) => relation.id)));
  const view: View = {
    protocol: 1,
    model: { name: model.name, uuid: model.uuid },
    application: unit.application,
    unit: unit.name,
    charm: manifest.name,
    leader,
    life: unit.life,
    units: unitsOf(db, unit.application).map(({ name }) => name),
    config: effectiveConfig(manifest, db.applications.get(unit.application)?.config ?? {}).values,
    network: networkView(core, unit),
    relations: sides.map((side) => relationView(core, { unit, side, leader })),
    containers: containerViews(core, unit, state),
    materials: Object.fromEntries(
      materialsOf(core, unit.name).map((material) => [material.id, materialView(material)]),
    ),
    due: dueOf(state, core.around.clock()),
    secrets: readableSecrets(core, unit),
    external: Object.fromEntries(
      (state?.external ?? []).map((name) => [name, externalView(core, unit.application, name)]),
    ),
    ...(state?.memory === undefined ? {} : { memory: state.memory }),
  };
  const relations = view.relations.map(({ id, version }) => [id, version]);
  // A new generation is made when the charm has been run: the view alone would not say that one is due.
  const rotations = dueMaterials(core, unit.name);
  // A digest, so that no secret stands in it.
  return {
    view,
    key: createHash("sha256")
      .update(JSON.stringify({ ...view, relations, rotations }))
      .digest("hex"),
  };
}

/** A unit's network; where others of its application share the address, with the numbers of each. */
function networkView(core: Core, unit: PlacedUnit): NetworkView {
  const { network } = unit.placement;
  const sharing = unitsOf(core.db, unit.application).flatMap(({ name, placement }) =>
    placement?.network.address === network.address ? [[name, placement.network.ports] as const] : [],
  );
  return sharing.length > 1 ? { ...network, shared: Object.fromEntries(sharing) } : network;
}

/** Ids of the deadlines that have passed. */
export function dueOf(state: StateRecord | undefined, now: number): readonly string[] {
  return (state?.deadlines ?? []).filter(({ at }) => Date.parse(at) <= now).map(({ id }) => id);
}

function relationView(
  core: Core,
  seen: { readonly unit: UnitRecord; readonly side: RelationSide; readonly leader: boolean },
): RelationView {
  const { unit, side, leader } = seen;
  const { relation, local, remote } = side;
  const model = theModel(core.db);
  const read = (owner: string): Bag => core.db.bags.get(bagKey(relation.id, owner))?.content ?? EMPTY;
  const readUnit = (owner: string): Bag =>
    unitBag(read(owner), core.db.units.get(owner)?.placement?.network.address);
  const units = unitsOf(core.db, remote.application).filter(({ name }) => name !== unit.name);
  const granted = grantedBy(core, remote.application, units);
  const charm = core.db.applications.get(remote.application)?.charmName;
  const bags = {
    // Only the leader reads what it alone may write.
    localApplication: leader ? read(unit.application) : EMPTY,
    localUnit: readUnit(unit.name),
    remoteApplication: bagOf(core.db, relation.id, remote.application),
    remoteUnits: Object.fromEntries(units.map(({ name }) => [name, readUnit(name)])),
  };
  const parts = [
    bags.localApplication,
    bags.localUnit,
    core.db.bags.get(`${relation.id} ${remote.application}`),
    units.map(({ name }) => name).join(" "),
    granted.join(" "),
    charm,
    ...Object.values(bags.remoteUnits),
  ];
  return {
    id: relation.id,
    endpoint: local.endpoint,
    interface: relation.interface,
    application: remote.application,
    ...(charm === undefined ? {} : { charm }),
    // One engine has one model, so both sides are of it.
    model: { name: model.name, uuid: model.uuid },
    units: units.map(({ name }) => name),
    version: runtimeOf(core, unit.name).versions.versionOf(relation.id, parts),
    bags,
    granted,
  };
}

function containerViews(
  core: Core,
  unit: PlacedUnit,
  state: StateRecord | undefined,
): Record<string, ContainerView> {
  const observed = runtimeOf(core, unit.name).observation ?? {};
  return Object.fromEntries(
    Object.entries(unit.placement.containers).map(([name, { program, tools, folder, storage }]) => {
      const seen = observed[name];
      const published = state?.publications[name];
      const container: ContainerView = {
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
      return [name, container];
    }),
  );
}
