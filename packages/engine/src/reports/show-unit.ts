import type { Bag } from "@orrery/charm";
import type { Core } from "../core.ts";
import { hideCredentials } from "./hide-credentials.ts";
import { openPortsOf } from "./open-ports.ts";
import { bagOf, leaderOf, livingUnit, sidesOf, unitsOf } from "../model/model.ts";

/** A unit's bag in a relation, as Juju shows it. */
export interface ShownBag {
  readonly "in-scope": boolean;
  readonly data: Bag;
}

/** One relation from a unit's side. */
export interface ShownRelation {
  readonly "relation-id": number;
  readonly endpoint: string;
  readonly "related-endpoint": string;
  readonly interface: string;
  readonly "related-application": string;
  /** The other application's bag, as in Juju. */
  readonly "application-data": Bag;
  /** The unit's own application's bag. */
  readonly "local-application-data": Bag;
  readonly "local-unit": ShownBag;
  readonly "related-units": Readonly<Record<string, ShownBag>>;
}

/** The shape of `juju show-unit`. */
export type ShownUnit = Readonly<
  Record<
    string,
    {
      readonly "opened-ports": readonly string[];
      readonly charm: string;
      readonly leader: boolean;
      readonly life: string;
      readonly address?: string;
      /** Port numbers by the charm's names. */
      readonly ports: Readonly<Record<string, number>>;
      readonly "relation-info": readonly ShownRelation[];
      /** Folders by container. */
      readonly containers: Readonly<
        Record<string, { readonly folder: string; readonly storage: string; readonly program: string }>
      >;
    }
  >
>;

/** Shows a unit with all that it and its related units wrote, but for credentials. @throws OrreryError `UNIT_UNKNOWN`. */
export function showUnit(core: Core, name: string): ShownUnit {
  const unit = livingUnit(core.db, name);
  const { db } = core;
  const bag = (relation: number, owner: string): Bag => shownBag(core, bagOf(db, relation, owner));
  const ports = unit.placement?.network.ports ?? {};
  const containers = Object.entries(unit.placement?.containers ?? {});
  return {
    [name]: {
      "opened-ports": openPortsOf(core, unit),
      charm: db.applications.get(unit.application)?.charm ?? "",
      leader: leaderOf(db, unit.application) === name,
      life: unit.life,
      ...(unit.placement ? { address: unit.placement.network.address } : {}),
      ports,
      "relation-info": sidesOf(db, unit.application).map(({ relation, local, remote }) => ({
        "relation-id": relation.id,
        endpoint: local.endpoint,
        "related-endpoint": remote.endpoint,
        interface: relation.interface,
        "related-application": remote.application,
        "application-data": bag(relation.id, remote.application),
        "local-application-data": bag(relation.id, unit.application),
        "local-unit": { "in-scope": true, data: bag(relation.id, name) },
        "related-units": Object.fromEntries(
          unitsOf(db, remote.application)
            .filter((other) => other.name !== name)
            .map((other) => [other.name, { "in-scope": true, data: bag(relation.id, other.name) }]),
        ),
      })),
      containers: Object.fromEntries(
        containers.map(([container, { folder, storage, program }]) => [
          container,
          { folder, storage, program: program.path },
        ]),
      ),
    },
  };
}

function shownBag(core: Core, bag: Bag): Bag {
  return Object.fromEntries(
    Object.entries(hideCredentials(bag)).map(([key, text]) => [key, core.mask(text)]),
  );
}
