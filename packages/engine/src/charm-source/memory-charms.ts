import type { Charm } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";
import { nearMatches } from "../model/near-matches.ts";
import type { CharmSource, RunnableCharm } from "./charm-source.ts";

/** Charms that are at hand as values, by name: for tests, and for charms that a host brings itself. */
export class MemoryCharms implements CharmSource {
  readonly #charms: ReadonlyMap<string, Charm>;

  /** Charms that mark folders of texts find them empty. */
  constructor(charms: readonly Charm[]) {
    this.#charms = new Map(charms.map((charm) => [charm.name, charm]));
  }

  async load(reference: string): Promise<RunnableCharm> {
    const charm = this.#charms.get(reference);
    if (!charm) {
      const known = [...this.#charms.keys()];
      const [near] = nearMatches(reference, known);
      throw new OrreryError(
        "CHARM_NOT_FOUND",
        `charm ${reference} is not at hand${near === undefined ? "" : ` (did you mean ${near}?)`}`,
        {
          remedy: `name one of: ${known.join(", ")}`,
        },
      );
    }
    const loaded = charm.load(Object.fromEntries(charm.assets.map((folder) => [folder, {}])));
    return { ...loaded, folder: `/charms/${reference}` };
  }
}
