import type { SecretsContext, SecretView } from "@orrery/charm";
import type { Telemetry } from "@orrery/telemetry";

/** The secrets that may be used on one contributor's behalf. */
export interface SharedSecrets {
  readonly read: (uri: string) => SecretView | undefined;
  /** Changes when one that the contributor names has another revision, or is no longer shared; holds no value. */
  readonly version: string;
}

/**
 * Gives the secrets that a contributor names and can read himself: nobody has another's secret shown to his own target.
 *
 * @param one - The relation's id, and what came over it.
 */
export function sharedSecrets(
  secrets: SecretsContext,
  one: { readonly id: number; readonly value: Telemetry },
): SharedSecrets {
  const read = (uri: string): SecretView | undefined => {
    const found = secrets.get(uri);
    return found?.sharedWith?.includes(one.id) === true ? found : undefined;
  };
  const named = one.value.scrapes.flatMap(({ authorization }) => {
    if (!authorization) return [];
    const credential = authorization.kind === "basic" ? authorization.password : authorization.credentials;
    return "secret" in credential
      ? [`${credential.secret} ${read(credential.secret)?.revision ?? "none"}`]
      : [];
  });
  return { read, version: named.join(" ") };
}
