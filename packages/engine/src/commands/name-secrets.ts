import { secretIdOf, secretUri } from "@orrery/charm";
import type { Manifest } from "@orrery/charm";
import { OrreryError, isOrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { findSecret } from "../secrets/find-secret.ts";
import { mayRead } from "../secrets/readable-secrets.ts";
import { unitsOf } from "../model/model.ts";

/** An application's options as its charm and a command give them. */
export interface GivenOptions {
  readonly application: string;
  readonly manifest: Manifest;
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * Puts the URI in the place of the name of a person's secret, where an option of type `secret` was given one.
 *
 * @throws OrreryError `SECRET_UNKNOWN`; the message does not repeat what was given.
 */
export function nameSecrets(core: Core, options: GivenOptions): Readonly<Record<string, unknown>> {
  const { application, manifest, given } = options;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (!isSecret(manifest, name) || typeof value !== "string") return [name, value];
      try {
        return [name, secretUri(findSecret(core, value).id)];
      } catch (cause) {
        if (!isOrreryError(cause)) throw cause;
        const { code, message, remedy } = cause;
        throw new OrreryError(code, `option ${name} of ${application}: ${message}`, {
          remedy,
          origin: { application, item: name },
        });
      }
    }),
  );
}

/** What a person has yet to do so that an application can read the secrets that its options name; empty when nothing. */
export function grantsToDo(core: Core, { application, manifest, given }: GivenOptions): string {
  const missing = Object.entries(given).flatMap(([name, value]) => {
    const id = isSecret(manifest, name) && typeof value === "string" ? secretIdOf(value) : undefined;
    const secret = id === undefined ? undefined : core.db.secrets.get(id);
    if (secret?.owner.kind !== "model") return [];
    const units = unitsOf(core.db, application);
    const readers = units.length === 0 ? [{ application, name: "" }] : units;
    return readers.every((unit) => mayRead(core, secret, unit))
      ? []
      : [`\`orrery grant-secret ${secret.name} ${application}\``];
  });
  return missing.length === 0 ? "" : `; it cannot be read before ${missing.join(" and ")}`;
}

function isSecret(manifest: Manifest, name: string): boolean {
  return Object.hasOwn(manifest.config, name) && manifest.config[name]?.type === "secret";
}
