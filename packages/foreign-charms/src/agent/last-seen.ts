import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bag } from "@orrery/charm";
import type { Vault } from "@orrery/engine";
import type { LastSeenBags } from "../hook-run/hook-run.ts";

/**
 * Bags as a charm was last told of them, in files: units and relations that are gone have none in a view, and yet a charm may read
 * theirs in the hooks that tell it so. They are sealed, since charms of the field put credentials into bags. What is lost here reads
 * as empty.
 */
export class LastSeen implements LastSeenBags {
  readonly #folder: string;
  readonly #vault: Vault;

  constructor(folder: string, vault: Vault) {
    this.#folder = folder;
    this.#vault = vault;
  }

  readonly read = (relation: number, owner: string): Bag | undefined => {
    try {
      const sealed = readFileSync(this.#path(relation, owner), "utf8");
      const found: unknown = JSON.parse(this.#vault.open(sealed, this.#place(relation, owner)));
      return isBag(found) ? found : undefined;
    } catch {
      // Never kept, or kept with another key.
      return undefined;
    }
  };

  keep(relation: number, owner: string, bag: Bag): void {
    mkdirSync(this.#relation(relation), { recursive: true, mode: 0o700 });
    const sealed = this.#vault.seal(JSON.stringify(bag), this.#place(relation, owner));
    writeFileSync(this.#path(relation, owner), sealed, { mode: 0o600 });
  }

  /** Forgets a relation that is broken. */
  forget(relation: number): void {
    rmSync(this.#relation(relation), { recursive: true, force: true });
  }

  #relation(relation: number): string {
    return join(this.#folder, String(relation));
  }

  #path(relation: number, owner: string): string {
    return join(this.#relation(relation), encodeURIComponent(owner));
  }

  /** What a bag is sealed for: this unit's folder, the relation and the owner. */
  #place(relation: number, owner: string): string {
    return `${this.#folder} ${relation} ${owner}`;
  }
}

function isBag(value: unknown): value is Bag {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((one) => typeof one === "string")
  );
}
