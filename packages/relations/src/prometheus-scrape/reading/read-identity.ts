import { quote } from "@orrery/databag";
import { problem } from "@orrery/problems";
import type { Origin, Problem } from "@orrery/problems";
import type { Decoded } from "@orrery/telemetry";
import type { Topology } from "@orrery/topology";
import type { RelationView } from "@orrery/charm";
import type { ScrapeMetadata } from "../wire/bag-fields.ts";
import type { ScopeMode } from "@orrery/query";

/**
 * Tells whose telemetry a relation carries.
 *
 * In strict mode what the host knows stands, and a claim of anything else is reported. In compatible mode the metadata's word is
 * taken: forwarders speak for others.
 */
export function readIdentity(
  relation: RelationView,
  metadata: ScrapeMetadata | undefined,
  about: { readonly origin: Origin; readonly scoping: ScopeMode },
): Decoded<Topology> {
  const host = relation.model;
  const known: Partial<Topology> = {
    ...(host ? { model: host.name, modelUuid: host.uuid } : {}),
    application: relation.application,
    ...(relation.charm === undefined ? {} : { charm: relation.charm }),
  };
  const claimed: Partial<Topology> = {
    ...(metadata?.model ? { model: metadata.model } : {}),
    ...(metadata?.model_uuid ? { modelUuid: metadata.model_uuid } : {}),
    ...(metadata?.application ? { application: metadata.application } : {}),
    ...(metadata?.charm_name ? { charm: metadata.charm_name } : {}),
  };
  const believed = about.scoping === "strict" ? { ...claimed, ...known } : { ...known, ...claimed };
  const { model = "", modelUuid = "", application = relation.application, charm } = believed;
  return {
    value: { model, modelUuid, application, ...(charm === undefined ? {} : { charm }) },
    problems: about.scoping === "strict" ? mismatches(known, claimed, about.origin) : [],
  };
}

function mismatches(known: Partial<Topology>, claimed: Partial<Topology>, origin: Origin): Problem[] {
  return (["application", "model", "modelUuid"] as const).flatMap((part) => {
    const [is, says] = [known[part], claimed[part]];
    if (is === undefined || says === undefined || is === says) return [];
    const message = `scrape_metadata claims the ${part} ${quote(says)}; the related one is ${quote(is)}`;
    return [problem("RELATION_FOREIGN_IDENTITY", { message, origin })];
  });
}
