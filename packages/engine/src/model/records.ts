import type { Bag, ConfigValue, Deadline, RejectedFile, Role, Status } from "@orrery/charm";
import type { MaterialGeneration } from "@orrery/materials";
import type { Placement } from "../substrate/substrate.ts";

/** Whether a thing lives, or is being removed. */
export type Life = "alive" | "dying";

/** The model itself; key `model`. */
export interface ModelRecord {
  readonly name: string;
  readonly uuid: string;
  /** Id that the next relation gets: ids are never used twice. */
  readonly nextRelation: number;
  readonly nextCommand: number;
  /** RFC 3339, UTC. */
  readonly created: string;
}

/** An application; key is its name. */
export interface ApplicationRecord {
  readonly name: string;
  /** The charm as the person named it. */
  readonly charm: string;
  readonly charmName: string;
  /** What the operator set, of the options' types. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** Number that the next unit gets: numbers are never used twice. */
  readonly nextUnit: number;
  readonly life: Life;
  readonly created: string;
}

/** A unit; key is its name, such as `storefront/0`. */
export interface UnitRecord {
  readonly name: string;
  readonly application: string;
  readonly number: number;
  readonly life: Life;
  /** Absent until the substrate gave it a place. */
  readonly placement?: Placement;
  readonly created: string;
}

/** One end of a relation. */
export interface RelationEnd {
  readonly application: string;
  readonly endpoint: string;
  readonly role: Role;
}

/** A relation; key is its id. A peer relation has one end. */
export interface RelationRecord {
  readonly id: number;
  readonly interface: string;
  /** Provider first. */
  readonly ends: readonly RelationEnd[];
  readonly created: string;
}

/** One bag; key is `{relation} {owner}`, the owner an application or a unit. */
export interface BagRecord {
  readonly relation: number;
  readonly owner: string;
  readonly content: Bag;
}

/** How a unit is; key is its name. */
export interface StateRecord {
  /** What `status` shows: the charm's own word, or why that cannot be believed. */
  readonly status: Status;
  /** When that status began. */
  readonly since: string;
  /** What the charm itself said last. */
  readonly said: Status;
  readonly deadlines: readonly Deadline[];
  /** What became of the files, by container; kept so that a restart changes no view. */
  readonly publications: Readonly<Record<string, PublicationRecord>>;
  /** Names of the foreign systems that the charm wants something of. */
  readonly external: readonly string[];
  /** Ports that the charm opened beside its declared ones, as Juju writes them. */
  readonly openedPorts: readonly string[];
  /** What the charm's runner left for its next run. */
  readonly memory?: unknown;
}

/** What became of one container's files. */
export interface PublicationRecord {
  readonly rejected: Readonly<Record<string, RejectedFile>>;
  readonly applied?: string;
}

/** A thing made once; key is `{unit} {id}`. The values are secrets. */
export interface MaterialRecord extends MaterialGeneration {
  readonly unit: string;
  readonly id: string;
}

/** Whose a secret is: a person's, who made it for the model, or a charm's. */
export type SecretOwner =
  | { readonly kind: "model" }
  | { readonly kind: "application"; readonly application: string }
  | { readonly kind: "unit"; readonly application: string; readonly unit: string };

/** A secret; key is its id. */
export interface SecretRecord {
  /** 20 characters of 0–9 and a–z. */
  readonly id: string;
  /** Unique for its owner. */
  readonly name: string;
  readonly owner: SecretOwner;
  /** What a person says that it is for. */
  readonly info?: string;
  /** Counts from 1. */
  readonly revision: number;
  readonly content: Readonly<Record<string, string>>;
  /** Applications that may read a person's secret. */
  readonly applications: readonly string[];
  /** Ids of the relations whose other side may read a charm's secret. */
  readonly relations: readonly number[];
  readonly created: string;
  readonly updated: string;
}

/** A command that was taken; key is its number. */
export interface JournalRecord {
  readonly sequence: number;
  readonly time: string;
  readonly command: unknown;
  readonly result: unknown;
}
