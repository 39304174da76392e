import { secretIdOf } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import type { Core } from "../core.ts";
import { didYouMean } from "../model/near-matches.ts";
import type { SecretRecord } from "../model/records.ts";

/** The secrets that people made for the model, in order of name. */
export function userSecrets(core: Core): readonly SecretRecord[] {
  return core.db.secrets
    .grouped("owner", "model", ({ owner }) => [owner.kind])
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A secret by its URI, by its bare id, or, for one that a person made, by its name. */
export function lookUpSecret(core: Core, reference: string): SecretRecord | undefined {
  const named = userSecrets(core).find(({ name }) => name === reference);
  return named ?? core.db.secrets.get(secretIdOf(reference) ?? reference);
}

/**
 * A secret that a person named.
 *
 * @throws OrreryError `SECRET_UNKNOWN`; the message does not repeat what was given, which may be a secret itself.
 */
export function findSecret(core: Core, reference: string): SecretRecord {
  const found = lookUpSecret(core, reference);
  if (found) return found;
  const known = userSecrets(core).map(({ name }) => name);
  const given = secretIdOf(reference) === undefined ? "that name" : `the URI ${reference}`;
  throw new OrreryError("SECRET_UNKNOWN", `no secret has ${given}${didYouMean(reference, known)}`, {
    remedy:
      known.length === 0
        ? "add one first: `orrery add-secret NAME KEY#file=PATH`"
        : `name one of: ${known.join(", ")}`,
  });
}

/** A secret that a person may change. @throws OrreryError `SECRET_UNKNOWN`, `SECRET_OWNED` for a charm's. */
export function findUserSecret(core: Core, reference: string): SecretRecord {
  const found = findSecret(core, reference);
  if (found.owner.kind === "model") return found;
  const owner = found.owner.kind === "unit" ? found.owner.unit : found.owner.application;
  throw new OrreryError("SECRET_OWNED", `secret ${found.name} belongs to ${owner}, whose charm keeps it`, {
    origin: { application: found.owner.application, item: found.name },
  });
}
