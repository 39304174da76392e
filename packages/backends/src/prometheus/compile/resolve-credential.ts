import type { SecretView } from "@orrery/charm";
import type { Credential } from "@orrery/telemetry";

/** What a credential comes to: its text, or why it cannot be had. */
export type ResolvedCredential = { readonly text: string } | { readonly missing: string };

/** The key under which a secret of several texts holds each kind of credential, where the job names none. */
const USUAL_KEY = { basic: "password", bearer: "token" } as const;

/**
 * Gives the text of a credential. What cannot be had is told without any value.
 *
 * @param secret - Reads a secret that may be used on the contributor's behalf.
 */
export function resolveCredential(
  credential: Credential,
  kind: keyof typeof USUAL_KEY,
  secret: (uri: string) => Pick<SecretView, "content"> | undefined,
): ResolvedCredential {
  if ("inline" in credential) return { text: credential.inline };
  const { secret: uri, key } = credential;
  const found = secret(uri);
  if (!found)
    return {
      missing: `${uri} of the scrape job is not granted to this unit and to the application that names it`,
    };
  const keys = Object.keys(found.content);
  const wanted = key ?? (keys.length === 1 ? keys[0] : USUAL_KEY[kind]) ?? "";
  const text = Object.hasOwn(found.content, wanted) ? found.content[wanted] : undefined;
  if (text !== undefined) return { text };
  return { missing: `${uri} of the scrape job holds nothing under the key ${wanted}` };
}
