import { isDeepStrictEqual } from "node:util";
import type { Outcome } from "@orrery/charm";
import type { HookTools } from "../tools/hook-tools.ts";
import { addSecret, grantSecret, removeSecret, revokeSecret, setSecret } from "../tools/secret-tools.ts";
import { secretLabel, secretName } from "../view/own-secrets.ts";
import type { OwnSecret } from "../view/own-secrets.ts";

/** What keeping secrets takes. */
export interface SecretKeeping {
  readonly tools: HookTools;
  readonly leader: boolean;
  /** As they are now, those of materials among them. */
  readonly own: readonly OwnSecret[];
}

/**
 * Makes a unit's secrets as it wants them: new ones, new revisions, and those gone that it no longer names. Gives them as they are then.
 *
 * What the application owns is the leader's affair. Juju chooses the ids.
 */
export async function keepSecrets(
  wanted: Outcome["secrets"],
  { tools, leader, own }: SecretKeeping,
): Promise<readonly OwnSecret[]> {
  const kept: OwnSecret[] = [];
  const unmade = new Set(Object.keys(wanted));
  for (const secret of own) {
    const name = secretName(secret.label);
    const request = name === undefined ? undefined : wanted[name];
    if (name === undefined) {
      kept.push(secret);
    } else if (request && ownerOf(request) === secret.owner) {
      unmade.delete(name);
      kept.push(await renewed(tools, secret, request.content));
    } else if (secret.owner === "unit" || leader) {
      await removeSecret(tools, secret.uri);
    }
  }
  for (const name of unmade) {
    const request = wanted[name];
    if (!request || (ownerOf(request) === "application" && !leader)) continue;
    const [label, owner, { content }] = [secretLabel(name), ownerOf(request), request];
    kept.push({ uri: await addSecret(tools, { label, owner, content }), label, owner, content, revision: 1 });
  }
  return kept;
}

/** Lets the other sides of relations read what they should, and those no longer that should not; gives what is granted then. */
export async function keepGrants(
  wanted: Outcome["secrets"],
  from: SecretKeeping & {
    readonly granted: Readonly<Record<string, readonly number[]>>;
    /** Ids of the relations that there are: Juju itself takes back what was granted to one that has gone. */
    readonly relations: ReadonlySet<number>;
  },
): Promise<Readonly<Record<string, readonly number[]>>> {
  const { tools, own, granted, relations } = from;
  const result: Record<string, readonly number[]> = {};
  for (const { uri, label } of own) {
    const name = secretName(label);
    const ids = (name === undefined ? [] : (wanted[name]?.grants ?? [])).filter((id) => relations.has(id));
    const before = granted[uri] ?? [];
    for (const id of ids) if (!before.includes(id)) await grantSecret(tools, uri, id);
    for (const id of before) {
      if (relations.has(id) && !ids.includes(id)) await revokeSecret(tools, uri, id);
    }
    if (ids.length > 0) result[uri] = ids.toSorted((a, b) => a - b);
  }
  return result;
}

async function renewed(
  tools: HookTools,
  secret: OwnSecret,
  content: OwnSecret["content"],
): Promise<OwnSecret> {
  if (isDeepStrictEqual(secret.content, content)) return secret;
  await setSecret(tools, secret, content);
  return { ...secret, content, revision: secret.revision + 1 };
}

function ownerOf({ owner }: Outcome["secrets"][string]): "application" | "unit" {
  return owner ?? "application";
}
