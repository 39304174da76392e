import type { Outcome } from "@orrery/charm";
import type { Core } from "../core.ts";
import { leaderOf } from "../model/model.ts";
import type { UnitRecord } from "../model/records.ts";
import { sameJson } from "../settling/same-json.ts";
import type { TableChange } from "../store/table.ts";
import type { ExternalRecord, ExternalSite } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { externalRuntime } from "./external-runtime.ts";

/** What an outcome says of foreign systems: which, and how they are reached. What the leader says counts. */
export function takeExternal(core: Core, unit: UnitRecord, outcome: Outcome): readonly TableChange[] {
  if (leaderOf(core.db, unit.application) !== unit.name) return [];
  const { application } = unit;
  const { external } = core.db;
  const named = Object.entries(outcome.external).map(([name, { backend, connection, credentials }]) => {
    const site: ExternalSite = { backend, connection, ...(credentials === undefined ? {} : { credentials }) };
    return external.put(
      externalKey(application, name),
      updated(external.get(externalKey(application, name)), { application, name, site }),
    );
  });
  const gone = external
    .grouped("application", application, (record) => [record.application])
    .filter(
      ({ name, applied }) => !Object.hasOwn(outcome.external, name) && Object.keys(applied).length === 0,
    )
    .map(({ name }) => external.drop(externalKey(application, name)));
  for (const { row, idle } of named) if (!idle) delete externalRuntime(core, row.key).lookedAt;
  return [...named, ...gone];
}

/** What was found out stands for as long as it is the same system. */
function updated(
  before: ExternalRecord | undefined,
  now: { readonly application: string; readonly name: string; readonly site: ExternalSite },
): ExternalRecord {
  const { application, name, site } = now;
  const isSame = before?.backend === site.backend && sameJson(before.connection, site.connection);
  const { capabilities, facts, place, applied = {} } = before ?? {};
  return {
    application,
    name,
    ...site,
    ...(isSame && capabilities !== undefined ? { capabilities } : {}),
    ...(isSame && facts ? { facts } : {}),
    ...(place ? { place } : {}),
    applied,
  };
}
