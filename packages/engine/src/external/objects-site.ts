import type { Core } from "../core.ts";
import type { ExternalRecord, ExternalSite } from "./external-record.ts";
import { externalKey } from "./external-record.ts";
import { openSystem, siteUnder } from "./open-system.ts";

/**
 * How the place is reached now that objects lie in, or were begun to be written to: as the bridge says today, whose address and secret may
 * be others than then, unless that is another place.
 */
export async function objectsSite(
  core: Core,
  of: Pick<ExternalRecord, "application" | "name">,
  then: ExternalSite | undefined,
): Promise<ExternalSite> {
  const record = core.db.external.get(externalKey(of.application, of.name));
  const now = record && siteOf(record);
  if (!now || !then) return now ?? then ?? { backend: "", connection: {} };
  return (await placesOf(core, of, [now, then])).same ? now : then;
}

/** Compares two places, as their backends name them. */
export async function placesOf(
  core: Core,
  of: Pick<ExternalRecord, "application" | "name">,
  [now, then]: readonly [ExternalSite, ExternalSite],
): Promise<{ readonly now: string; readonly before: string; readonly same: boolean }> {
  const bare = { unverified: true };
  const [a, b] = [
    await openSystem(core, of, siteUnder(now, bare)),
    await openSystem(core, of, siteUnder(then, bare)),
  ];
  return { now: a.place, before: b.place, same: now.backend === then.backend && a.place === b.place };
}

/** Where a system is, without what is known of it. */
export function siteOf({ backend, connection, credentials }: ExternalSite): ExternalSite {
  return { backend, connection, ...(credentials === undefined ? {} : { credentials }) };
}
