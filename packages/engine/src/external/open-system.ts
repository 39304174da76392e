import { externalMark, secretIdOf } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { leaderOf, theModel } from "../model/model.ts";
import { readableSecrets } from "../secrets/readable-secrets.ts";
import type { ExternalRecord, ExternalSite } from "./external-record.ts";
import type { ForeignSystem } from "./foreign-system.ts";

/**
 * Reaches a foreign system.
 *
 * @throws OrreryError `EXTERNAL_UNSUPPORTED` when this host has no way there, `EXTERNAL_CREDENTIALS_MISSING`.
 */
export async function openSystem(
  core: Core,
  { application, name }: Pick<ExternalRecord, "application" | "name">,
  site: ExternalSite,
): Promise<ForeignSystem> {
  const { backend, connection } = site;
  const credentials = site.credentials === undefined ? {} : readSecret(core, application, site.credentials);
  const mark = externalMark({ modelUuid: theModel(core.db).uuid, application, name });
  const system = await core.around.foreign?.open({ backend, connection, credentials, mark });
  if (system) return system;
  throw new OrreryError(
    "EXTERNAL_UNSUPPORTED",
    `foreign system ${name} of ${application} is not reached by this host`,
    {
      origin: { application },
    },
  );
}

/** A system that is not asked anything needs no secret for it. */
export function siteUnder(
  site: ExternalSite,
  { unverified }: { readonly unverified?: boolean },
): ExternalSite {
  const { credentials: _credentials, ...open } = site;
  return unverified === true ? open : site;
}

/**
 * A secret as the application may read it: what was not granted to it is not read for it either. An application that is gone cannot be
 * granted anything; for it a person's own secret is read, since only a person's command still asks.
 */
function readSecret(core: Core, application: string, uri: string): Readonly<Record<string, string>> {
  const secrets = readableSecrets(core, { application, name: leaderOf(core.db, application) ?? "" });
  const found = Object.hasOwn(secrets, uri) ? secrets[uri] : undefined;
  if (found) return found.content;
  const own = core.db.applications.has(application) ? undefined : core.db.secrets.get(secretIdOf(uri) ?? "");
  if (own?.owner.kind === "model") return own.content;
  throw new OrreryError(
    "EXTERNAL_CREDENTIALS_MISSING",
    `secret ${uri} is not one that ${application} may read`,
    {
      remedy: `grant it: \`orrery grant-secret ${uri} ${application}\``,
      origin: { application },
    },
  );
}
