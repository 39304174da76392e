import { createHash } from "node:crypto";
import { secretUri } from "@orrery/charm";
import type { Outcome, SecretView, View } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";

/** Who keeps or reads: one unit of an exchange. */
export interface Keeper {
  readonly application: string;
  readonly unit: string;
  readonly leads: boolean;
}

interface Kept {
  readonly keeper: Keeper;
  readonly name: string;
  readonly by: "application" | "unit";
  readonly revision: number;
  readonly content: Readonly<Record<string, string>>;
  readonly grants: readonly number[];
}

/** The secrets that the charms of an exchange keep, as a host would. */
export class ExchangedSecrets {
  readonly #kept = new Map<string, Kept>();

  /** Takes in what a unit wants kept. Says whether anything changed. */
  keep(keeper: Keeper, wanted: Outcome["secrets"]): boolean {
    const before = JSON.stringify([...this.#kept]);
    const ids = new Set<string>();
    for (const [name, request] of Object.entries(wanted)) {
      const by = request.owner ?? "application";
      if (by === "application" && !keeper.leads) continue;
      const owner = by === "unit" ? keeper.unit : keeper.application;
      const id = request.id ?? idOf(owner, name);
      const old = this.#kept.get(id);
      if (old && (old.name !== name || ownerOf(old) !== owner))
        throw new OrreryError("VIEW_IMPOSSIBLE", `secret ${name} of ${owner} has the id of another secret`);
      const same = old !== undefined && JSON.stringify(old.content) === JSON.stringify(request.content);
      const revision = same ? old.revision : (old?.revision ?? 0) + 1;
      this.#kept.set(id, { keeper, name, by, revision, content: request.content, grants: request.grants });
      ids.add(id);
    }
    for (const [id, kept] of this.#kept) {
      const own =
        kept.by === "unit"
          ? kept.keeper.unit === keeper.unit
          : kept.keeper.application === keeper.application;
      if (own && (kept.by === "unit" || keeper.leads) && !ids.has(id)) this.#kept.delete(id);
    }
    return JSON.stringify([...this.#kept]) !== before;
  }

  /** What a unit reads, given the relations that its application is part of. */
  readBy(reader: Omit<Keeper, "leads">, relations: readonly number[]): View["secrets"] {
    return Object.fromEntries(
      [...this.#kept].flatMap(([id, kept]): [string, SecretView][] => {
        const { keeper, name, by, revision, content, grants } = kept;
        const own = by === "unit" ? keeper.unit === reader.unit : keeper.application === reader.application;
        const shared = grants.filter((relation) => relations.includes(relation));
        if (!own && (shared.length === 0 || keeper.application === reader.application)) return [];
        const view = { revision, content, ...(own ? { own: { name, by } } : {}) };
        return [[secretUri(id), shared.length === 0 ? view : { ...view, sharedWith: shared }]];
      }),
    );
  }
}

function ownerOf({ keeper, by }: Kept): string {
  return by === "unit" ? keeper.unit : keeper.application;
}

/** The same in each run, and of Juju's form. */
function idOf(owner: string, name: string): string {
  return createHash("sha256")
    .update(JSON.stringify([owner, name]))
    .digest("hex")
    .slice(0, 20);
}
