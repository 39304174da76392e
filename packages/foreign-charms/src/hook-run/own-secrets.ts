import type { Bag } from "@orrery/charm";
import { bareSecretId } from "../events/secret-id.ts";
import type { OwnedSecret } from "../events/unit-memory.ts";
import type { HookRun } from "./hook-run.ts";

/** A secret that the unit or its application made, with what the run has changed of it. */
export interface OwnSecret {
  readonly id: string;
  /** Its name in outcomes. */
  readonly name: string;
  readonly content: Bag;
  readonly revision: number;
  readonly about: OwnedSecret;
}

/** Where a name of a secret holds its label: a new leader finds it there. */
const LONGEST_NAME = 100;

/** Every secret of the unit's and its application's own that stands, in order of id. */
export function ownSecrets({ view, work }: Pick<HookRun, "view" | "work">): readonly OwnSecret[] {
  const found = new Map<string, OwnSecret>();
  for (const [uri, { own, content, revision, sharedWith }] of Object.entries(view.secrets)) {
    const id = bareSecretId(uri);
    if (own)
      found.set(id, {
        id,
        name: own.name,
        content,
        revision,
        about: work.memory.owned[id] ?? unmade(own, sharedWith),
      });
  }
  for (const [id, content] of Object.entries(work.secrets)) {
    const before = found.get(id);
    const about = work.memory.owned[id];
    if (content === null || !about) found.delete(id);
    else if (before)
      found.set(id, {
        ...before,
        content,
        revision: before.revision + (same(before.content, content) ? 0 : 1),
        about,
      });
    else found.set(id, { id, name: secretName(id, about.label), content, revision: 1, about });
  }
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The name under which a secret stands in outcomes: its id, and its label while that fits. */
export function secretName(id: string, label: string | undefined): string {
  const name = label === undefined || label === "" ? id : `${id} ${label}`;
  return name.length > LONGEST_NAME ? id : name;
}

/** A leader that has not made the secret itself knows of it what its name says, and who reads it. */
function unmade(
  own: { readonly name: string; readonly by: "application" | "unit" },
  grants: readonly number[] = [],
): OwnedSecret {
  const label = own.name.slice(own.name.indexOf(" ") + 1);
  return { owner: own.by, grants, ...(own.name.includes(" ") ? { label } : {}) };
}

function same(a: Bag, b: Bag): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
