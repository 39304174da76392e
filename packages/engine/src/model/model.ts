import type { Bag } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Database } from "../store/database.ts";
import { didYouMean } from "./near-matches.ts";
import type { ApplicationRecord, ModelRecord, RelationEnd, RelationRecord, UnitRecord } from "./records.ts";

/** A relation from one application's side. */
export interface RelationSide {
  readonly relation: RelationRecord;
  readonly local: RelationEnd;
  /** The same end in a peer relation. */
  readonly remote: RelationEnd;
}

/** The model. @throws OrreryError `STORE_FAILED` when the state holds none. */
export function theModel(db: Database): ModelRecord {
  const model = db.models.get("model");
  if (!model) throw new OrreryError("STORE_FAILED", "state holds no model");
  return model;
}

/** An application that is not being removed. @throws OrreryError `APPLICATION_UNKNOWN`, `APPLICATION_DYING`. */
export function livingApplication(db: Database, name: string): ApplicationRecord {
  const found = db.applications.get(name);
  if (!found) {
    const known = db.applications.keys();
    throw new OrreryError(
      "APPLICATION_UNKNOWN",
      `application ${name} is not in the model${didYouMean(name, known)}`,
      {
        remedy:
          known.length === 0 ? "deploy one first: `orrery deploy CHARM`" : `name one of: ${known.join(", ")}`,
        origin: { application: name },
      },
    );
  }
  if (found.life === "dying") {
    throw new OrreryError("APPLICATION_DYING", `application ${name} is being removed`, {
      origin: { application: name },
    });
  }
  return found;
}

/** A unit that is not being removed. @throws OrreryError `UNIT_UNKNOWN`. */
export function livingUnit(db: Database, name: string): UnitRecord {
  const found = db.units.get(name);
  if (!found || found.life === "dying") {
    const known = db.units
      .values()
      .filter(({ life }) => life === "alive")
      .map((unit) => unit.name);
    throw new OrreryError("UNIT_UNKNOWN", `unit ${name} is not in the model${didYouMean(name, known)}`, {
      remedy: known.length === 0 ? "deploy an application first" : `name one of: ${known.join(", ")}`,
      origin: { unit: name },
    });
  }
  return found;
}

/** An application's units that are not being removed, in order of number. */
export function unitsOf(db: Database, application: string): readonly UnitRecord[] {
  return db.units.grouped("living", application, (unit) => (unit.life === "alive" ? [unit.application] : []));
}

/** The unit that speaks for an application: the lowest number of those that live. */
export function leaderOf(db: Database, application: string): string | undefined {
  return unitsOf(db, application)[0]?.name;
}

/** An application's relations, each from its side, in order of id. */
export function sidesOf(db: Database, application: string): readonly RelationSide[] {
  const relations = db.relations.grouped("member", application, ({ ends }) =>
    ends.map((end) => end.application),
  );
  return relations.flatMap((relation) => {
    const [first, second] = relation.ends;
    if (!first) return [];
    const remoteOfFirst = second ?? first;
    if (first.application === application) return [{ relation, local: first, remote: remoteOfFirst }];
    if (second?.application === application) return [{ relation, local: second, remote: first }];
    return [];
  });
}

/** The key of an owner's bag in a relation. */
export function bagKey(relation: number, owner: string): string {
  return `${relation} ${owner}`;
}

/** What an owner's bag holds; empty when it never wrote. */
export function bagOf(db: Database, relation: number, owner: string): Bag {
  return db.bags.get(bagKey(relation, owner))?.content ?? {};
}
