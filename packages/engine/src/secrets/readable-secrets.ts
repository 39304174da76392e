import type { SecretView, View } from "@orrery/charm";
import { secretUri } from "@orrery/charm";
import type { Core } from "../core.ts";
import { sidesOf, unitsOf } from "../model/model.ts";
import type { SecretRecord } from "../model/records.ts";

/** Who looks: a unit of an application. */
export interface Reader {
  readonly application: string;
  readonly name: string;
}

/** Every secret that a unit may read, by URI, in order of id. */
export function readableSecrets(core: Core, reader: Reader): View["secrets"] {
  const { application } = reader;
  const related = sidesOf(core.db, application).map(({ relation }) => `relation ${relation.id}`);
  const names = [`application ${application}`, ...related];
  const candidates = new Map(
    names.flatMap((name) =>
      core.db.secrets.grouped("audience", name, audienceOf).map((one) => [one.id, one] as const),
    ),
  );
  const readable = [...candidates.values()].filter((secret) => mayRead(core, secret, reader));
  const views = readable
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((secret): [string, SecretView] => [secretUri(secret.id), viewOf(core, secret, reader)]);
  return Object.fromEntries(views);
}

/** All units that may read a secret now. */
export function readersOfSecret(core: Core, secret: SecretRecord): readonly string[] {
  const applications = new Set(
    secret.owner.kind === "model" ? secret.applications : [secret.owner.application],
  );
  for (const id of secret.relations) {
    const ends = core.db.relations.get(String(id))?.ends ?? [];
    for (const { application } of ends) applications.add(application);
  }
  return [...applications].flatMap((application) =>
    unitsOf(core.db, application)
      .filter(({ name }) => mayRead(core, secret, { application, name }))
      .map(({ name }) => name),
  );
}

/** Whether a unit may read a secret. */
export function mayRead(core: Core, secret: SecretRecord, { application, name }: Reader): boolean {
  const { owner } = secret;
  if (owner.kind === "model") return secret.applications.includes(application);
  if (owner.kind === "application" && owner.application === application) return true;
  if (owner.kind === "unit" && owner.unit === name) return true;
  return secret.relations.some((id) => {
    const ends = (core.db.relations.get(String(id))?.ends ?? []).map((end) => end.application);
    if (!ends.includes(owner.application)) return false;
    // A relation among peers has one end: on its other side are the other units of the same application.
    return ends.includes(application) && (ends.length === 1 || application !== owner.application);
  });
}

function audienceOf({ owner, applications, relations }: SecretRecord): readonly string[] {
  return [
    ...(owner.kind === "model" ? [] : [`application ${owner.application}`]),
    ...applications.map((one) => `application ${one}`),
    ...relations.map((id) => `relation ${id}`),
  ];
}

function viewOf(core: Core, secret: SecretRecord, reader: Reader): SecretView {
  const { owner, name, revision, content } = secret;
  const own =
    owner.kind === "application"
      ? owner.application === reader.application
      : owner.kind === "unit" && owner.unit === reader.name;
  const sharedWith = sidesOf(core.db, reader.application)
    .filter(({ relation, remote }) =>
      owner.kind === "model"
        ? relation.ends.length === 2 && secret.applications.includes(remote.application)
        : secret.relations.includes(relation.id),
    )
    .map(({ relation }) => relation.id);
  return {
    revision,
    content,
    ...(own && owner.kind !== "model" ? { own: { name, by: owner.kind } } : {}),
    ...(sharedWith.length === 0 ? {} : { sharedWith }),
  };
}
