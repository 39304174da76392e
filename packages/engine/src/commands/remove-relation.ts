import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { livingApplication, sidesOf, unitsOf } from "../model/model.ts";
import type { RelationRecord } from "../model/records.ts";
import type { TableChange } from "../store/table.ts";
import type { RemoveRelationCommand } from "./command.ts";
import type { Side } from "./infer-endpoints.ts";
import { readSide } from "./infer-endpoints.ts";
import { ambiguous, writePair } from "./integrate.ts";
import type { Plan } from "./plan.ts";

/** Plans the end of a relation and of its bags. @throws OrreryError `RELATION_UNKNOWN`, `RELATION_AMBIGUOUS`. */
export function planRemoveRelation(core: Core, command: RemoveRelationCommand): Plan {
  const [a, b] = [readSide(command.a), readSide(command.b)];
  for (const side of [a, b]) livingApplication(core.db, side.application);
  const standing = sidesOf(core.db, a.application).filter(
    ({ relation, local, remote }) => relation.ends.length === 2 && matches(local, a) && matches(remote, b),
  );
  const [found, ...others] = standing;
  if (!found) {
    const all = sidesOf(core.db, a.application).filter(({ relation }) => relation.ends.length === 2);
    const told = all.map(({ relation }) => writePair(relation.ends)).join("; ") || "nothing";
    throw new OrreryError(
      "RELATION_UNKNOWN",
      `${command.a} and ${command.b} are not related; ${a.application} is related through: ${told}`,
    );
  }
  if (others.length > 0) {
    throw ambiguous(
      command,
      standing.map(({ relation, local, remote }) => ({
        interface: relation.interface,
        ends: [local, remote],
      })),
    );
  }
  const { relation } = found;
  return {
    changes: endOfRelation(core, relation),
    dirty: relation.ends.flatMap(({ application }) => unitsOf(core.db, application).map(({ name }) => name)),
    result: {
      message: `removed the relation of ${writePair(relation.ends)}`,
      details: { relation: relation.id, interface: relation.interface },
    },
  };
}

/** The changes that end a relation with all its bags. */
export function endOfRelation(core: Core, relation: RelationRecord): readonly TableChange[] {
  const bags = core.db.bags.grouped("relation", String(relation.id), (bag) => [String(bag.relation)]);
  return [
    core.db.relations.drop(String(relation.id)),
    ...bags.map(({ owner }) => core.db.bags.drop(`${relation.id} ${owner}`)),
  ];
}

function matches(end: { readonly application: string; readonly endpoint: string }, side: Side): boolean {
  return (
    end.application === side.application && (side.endpoint === undefined || end.endpoint === side.endpoint)
  );
}
