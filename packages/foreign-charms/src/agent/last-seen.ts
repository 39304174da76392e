import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bag } from "@orrery/charm";
import type { LastSeenBags } from "../hook-run/hook-run.ts";
import { readJsonFile } from "../process/write-file-durably.ts";

/**
 * Bags as a charm was last told of them, in files: units and relations that are gone have none in a view, and yet a charm may read
 * theirs in the hooks that tell it so. What is lost here reads as empty.
 */
export class LastSeen implements LastSeenBags {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly read = (relation: number, owner: string): Bag | undefined => {
    const found = readJsonFile(this.#path(relation, owner));
    return isBag(found) ? found : undefined;
  };

  keep(relation: number, owner: string, bag: Bag): void {
    mkdirSync(this.#relation(relation), { recursive: true, mode: 0o700 });
    writeFileSync(this.#path(relation, owner), JSON.stringify(bag), { mode: 0o600 });
  }

  /** Forgets a relation that is broken. */
  forget(relation: number): void {
    rmSync(this.#relation(relation), { recursive: true, force: true });
  }

  #relation(relation: number): string {
    return join(this.#folder, String(relation));
  }

  #path(relation: number, owner: string): string {
    return join(this.#relation(relation), `${encodeURIComponent(owner)}.json`);
  }
}

function isBag(value: unknown): value is Bag {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((one) => typeof one === "string")
  );
}
