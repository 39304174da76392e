import type { ConfigOption, EndpointSpec, Manifest } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { RunnableCharm } from "../charm-source/charm-source.ts";
import type { Core } from "../core.ts";
import { didYouMean } from "../model/near-matches.ts";

/** The charm of an application, loaded again if need be. @throws OrreryError `CHARM_NOT_FOUND`, `CHARM_INVALID`. */
export async function charmOf(core: Core, application: string): Promise<RunnableCharm> {
  const loaded = core.charms.get(application);
  if (loaded) return loaded;
  const reference = core.db.applications.get(application)?.charm ?? application;
  const charm = await core.around.charms.load(reference);
  core.charms.set(application, charm);
  return charm;
}

/** An endpoint of a charm. @throws OrreryError `ENDPOINT_UNKNOWN`. */
export function endpointOf(application: string, manifest: Manifest, name: string): EndpointSpec {
  const found = Object.hasOwn(manifest.endpoints, name) ? manifest.endpoints[name] : undefined;
  if (found) return found;
  const known = Object.keys(manifest.endpoints);
  throw new OrreryError(
    "ENDPOINT_UNKNOWN",
    `endpoint ${name} is not one of ${application}'s${didYouMean(name, known)}`,
    {
      remedy: known.length === 0 ? "the charm has no endpoints" : `name one of: ${offers(manifest)}`,
      origin: { application, endpoint: name },
    },
  );
}

/** An option of a charm. @throws OrreryError `CONFIG_UNKNOWN_OPTION`. */
export function optionOf(application: string, manifest: Manifest, name: string): ConfigOption {
  const found = Object.hasOwn(manifest.config, name) ? manifest.config[name] : undefined;
  if (found) return found;
  const known = Object.keys(manifest.config);
  throw new OrreryError(
    "CONFIG_UNKNOWN_OPTION",
    `option ${name} is not one of ${application}'s${didYouMean(name, known)}`,
    {
      remedy: known.length === 0 ? "the charm has no options" : `name one of: ${known.join(", ")}`,
      origin: { application, item: name },
    },
  );
}

/** What a charm offers and wants, on one line. */
export function offers(manifest: Manifest): string {
  const all = Object.entries(manifest.endpoints).map(
    ([name, { role, interface: of }]) => `${name} (${role} ${of})`,
  );
  return all.join(", ") || "nothing";
}
