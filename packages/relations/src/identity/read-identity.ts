import { quote } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { ScopeMode } from "@orrery/query";
import type { Decoded } from "@orrery/telemetry";
import type { Topology } from "@orrery/topology";
import type { RelationView } from "@orrery/charm";
import type { TopologyRecord } from "./topology-record.ts";

/** How a claim of identity is read. */
export interface IdentityReading {
  readonly origin: Origin;
  readonly scoping: ScopeMode;
  /** The key that holds the claim, for messages. */
  readonly key: string;
}

/**
 * Tells whose telemetry a relation carries.
 *
 * In strict mode what the host knows stands, and a claim of anything else is reported. In compatible mode the sender's word is
 * taken: forwarders speak for others.
 */
export function readIdentity(
  relation: RelationView,
  record: TopologyRecord | undefined,
  about: IdentityReading,
): Decoded<Topology> {
  const host = relation.model;
  const known: Partial<Topology> = {
    ...(host ? { model: host.name, modelUuid: host.uuid } : {}),
    application: relation.application,
    ...(relation.charm === undefined ? {} : { charm: relation.charm }),
  };
  const claimed: Partial<Topology> = {
    ...(record?.model ? { model: record.model } : {}),
    ...(record?.model_uuid ? { modelUuid: record.model_uuid } : {}),
    ...(record?.application ? { application: record.application } : {}),
    ...(record?.charm_name ? { charm: record.charm_name } : {}),
  };
  const believed = about.scoping === "strict" ? { ...claimed, ...known } : { ...known, ...claimed };
  const { model = "", modelUuid = "", application = relation.application, charm } = believed;
  return {
    value: { model, modelUuid, application, ...(charm === undefined ? {} : { charm }) },
    problems: about.scoping === "strict" ? mismatches(known, claimed, about) : [],
  };
}

function mismatches(
  known: Partial<Topology>,
  claimed: Partial<Topology>,
  { key, origin }: IdentityReading,
): Problem[] {
  return (["application", "model", "modelUuid"] as const).flatMap((part) => {
    const [is, says] = [known[part], claimed[part]];
    if (is === undefined || says === undefined || is === says) return [];
    const message = `${key} claims the ${part} ${quote(says)}; the related one is ${quote(is)}`;
    return [problem("RELATION_FOREIGN_IDENTITY", { message, origin })];
  });
}
