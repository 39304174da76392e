import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { now } from "../core.ts";
import { sidesOf, theModel, unitsOf } from "../model/model.ts";
import type { RelationEnd, RelationRecord } from "../model/records.ts";
import { charmOf, endpointOf } from "./charm-of.ts";
import type { IntegrateCommand } from "./command.ts";
import type { Pair } from "./infer-endpoints.ts";
import { pairsOf, readSide } from "./infer-endpoints.ts";
import type { Plan } from "./plan.ts";

/** Plans a relation. @throws OrreryError `RELATION_…`, `ENDPOINT_UNKNOWN`, `APPLICATION_UNKNOWN`. */
export async function planIntegrate(core: Core, command: IntegrateCommand): Promise<Plan> {
  const pairs = await pairsOf(core, readSide(command.a), readSide(command.b));
  const [found, ...others] = pairs;
  if (!found || others.length > 0) throw ambiguous(command, pairs);
  const standing = findRelation(core, found);
  if (standing) {
    throw new OrreryError(
      "RELATION_EXISTS",
      `${writePair(found.ends)} are related already, as relation ${standing.id}`,
    );
  }
  for (const end of found.ends) await expectRoom(core, end);
  const model = theModel(core.db);
  const relation: RelationRecord = {
    id: model.nextRelation,
    interface: found.interface,
    ends: found.ends,
    created: now(core),
  };
  const ends = found.ends.map(({ application, endpoint }) => `${application}:${endpoint}`);
  return {
    changes: [
      core.db.models.put("model", { ...model, nextRelation: model.nextRelation + 1 }),
      core.db.relations.put(String(relation.id), relation),
    ],
    dirty: found.ends.flatMap(({ application }) => unitsOf(core.db, application).map(({ name }) => name)),
    result: {
      message: `related ${writePair(found.ends)} (${found.interface}, relation ${relation.id})`,
      details: { relation: relation.id, interface: found.interface, endpoints: ends },
    },
  };
}

/** The relation between exactly these ends, if it stands. */
export function findRelation(core: Core, pair: Pair): RelationRecord | undefined {
  const wanted = writePair(pair.ends);
  const [provider] = pair.ends;
  return sidesOf(core.db, provider.application).find(({ relation }) => writePair(relation.ends) === wanted)
    ?.relation;
}

/** `a:x and b:y`. */
export function writePair(ends: readonly RelationEnd[]): string {
  return ends.map(({ application, endpoint }) => `${application}:${endpoint}`).join(" and ");
}

/** The error that lists what may have been meant. */
export function ambiguous(
  command: { readonly a: string; readonly b: string },
  pairs: readonly Pair[],
): OrreryError {
  const all = pairs.map(
    ({ ends, interface: of }) =>
      `${ends.map((end) => `${end.application}:${end.endpoint}`).join(" ")} (${of})`,
  );
  return new OrreryError("RELATION_AMBIGUOUS", `${command.a} and ${command.b} may mean: ${all.join("; ")}`, {
    remedy: `name the endpoints, such as: ${all[0]?.replace(/ \(.*$/u, "") ?? ""}`,
  });
}

async function expectRoom(core: Core, end: RelationEnd): Promise<void> {
  const { limit } = endpointOf(
    end.application,
    (await charmOf(core, end.application)).manifest,
    end.endpoint,
  );
  if (limit === undefined) return;
  const standing = sidesOf(core.db, end.application).filter(({ local }) => local.endpoint === end.endpoint);
  if (standing.length < limit) return;
  const taken = standing.map(({ remote }) => `${remote.application}:${remote.endpoint}`).join(", ");
  throw new OrreryError(
    "RELATION_LIMIT",
    `endpoint ${end.application}:${end.endpoint} takes ${limit} and is related to ${taken}`,
    { origin: { application: end.application, endpoint: end.endpoint } },
  );
}
