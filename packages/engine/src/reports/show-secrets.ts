import type { Core } from "../core.ts";
import type { SecretRecord } from "../model/records.ts";
import { findSecret } from "../secrets/find-secret.ts";

/** A secret, as Juju shows it; absent is what is not so. Times are RFC 3339, UTC. @see juju/juju, cmd/juju/secrets/list.go. */
export interface ShownSecret {
  readonly revision: number;
  /** `<model>` for a person's; application or unit for a charm's. */
  readonly owner: string;
  readonly description?: string;
  /** Of a person's secret. */
  readonly name?: string;
  /** What the charm that keeps it calls it. */
  readonly label?: string;
  readonly created: string;
  readonly updated: string;
  /** Who may read it; in `show-secret` alone. */
  readonly access?: readonly { readonly target: string; readonly scope: string; readonly role: "view" }[];
  /** Only when it was asked for. */
  readonly content?: Readonly<Record<string, string>>;
}

/** The shape of `juju secrets --format json`: secrets by id. */
export type ShownSecrets = Readonly<Record<string, ShownSecret>>;

/** Shows every secret in the model, people's first; never what they hold. */
export function listSecrets(core: Core): ShownSecrets {
  const all = core.db.secrets.values().map((secret) => [secret.id, shown(secret)] as const);
  return Object.fromEntries(
    all.toSorted(([, a], [, b]) => compare(a.owner, b.owner) || compare(nameOf(a), nameOf(b))),
  );
}

/** Shows one secret and who may read it. @throws OrreryError `SECRET_UNKNOWN`. */
export function showSecret(core: Core, reference: string, reveal: boolean): ShownSecrets {
  const secret = findSecret(core, reference);
  const { id, applications, relations, content } = secret;
  const access = [
    ...applications.map((name) => ({ target: `application-${name}`, scope: "model", role: "view" as const })),
    ...relations.flatMap((relation) => accessThrough(core, secret, relation)),
  ];
  return {
    [id]: {
      ...shown(secret),
      ...(access.length === 0 ? {} : { access }),
      ...(reveal ? { content } : {}),
    },
  };
}

function accessThrough(
  core: Core,
  { owner }: SecretRecord,
  relation: number,
): NonNullable<ShownSecret["access"]> {
  const ends = core.db.relations.get(String(relation))?.ends ?? [];
  const own = owner.kind === "model" ? undefined : owner.application;
  return ends
    .filter(({ application }) => ends.length === 1 || application !== own)
    .map(({ application }) => ({
      target: `application-${application}`,
      scope: `relation-${relation}`,
      role: "view",
    }));
}

function shown({ owner, name, info, revision, created, updated }: SecretRecord): ShownSecret {
  return {
    revision,
    owner: owner.kind === "model" ? "<model>" : owner.kind === "unit" ? owner.unit : owner.application,
    ...(info === undefined ? {} : { description: info }),
    ...(owner.kind === "model" ? { name } : { label: name }),
    created,
    updated,
  };
}

function nameOf({ name, label }: ShownSecret): string {
  return name ?? label ?? "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
