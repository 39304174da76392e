import type { MaterialView, Outcome } from "@orrery/charm";
import { materialView, renewMaterials } from "@orrery/materials";
import type { MaterialGeneration } from "@orrery/materials";
import { OrreryError } from "@orrery/problems";
import type { Problem } from "@orrery/problems";
import { exchange } from "../exchange/exchange.ts";
import type { Party, RelatedSides } from "../exchange/exchange.ts";
import { pairOf, relatedOf } from "../exchange/relate.ts";
import type { Related, RelatedParty } from "../exchange/relate.ts";
import type { CharmRun } from "../run/charm-run.ts";
import { loadedCharm, runCharm } from "../run/run-charm.ts";
import type { TestedCharm } from "../run/run-charm.ts";
import type { ViewInput } from "../view/view-input.ts";
import { seededBytes } from "./seeded-bytes.ts";

/** What a {@link MaterialKeeper} begins with. */
export interface MaterialKeeperOptions {
  /** Other seeds give other values; 1 when absent. */
  readonly seed?: number;
  /** Milliseconds since 1970, UTC; the first of January 2026 when absent. Give `Date.now()` where a real program checks. */
  readonly now?: number;
}

const MOST_ROUNDS = 50;

/**
 * Keeps the materials of a test's units as a host does: what charms ask for is really made, and they are run again with it
 * until they ask for nothing new. All but RSA keys is the same in each run of the test.
 */
export class MaterialKeeper {
  readonly #random: (bytes: number) => Uint8Array;
  readonly #kept = new Map<string, ReadonlyMap<string, MaterialGeneration>>();
  readonly #problems = new Map<string, readonly Problem[]>();
  #now: number;

  constructor({ seed = 1, now = Date.UTC(2026, 0, 1) }: MaterialKeeperOptions = {}) {
    this.#random = seededBytes(seed);
    this.#now = now;
  }

  /** As {@link runCharm}, once the charm has what it asks for. @throws OrreryError `CHARMS_RESTLESS`, and as {@link runCharm}. */
  async run(charm: TestedCharm, input: ViewInput = {}): Promise<CharmRun> {
    const loaded = loadedCharm(charm);
    const unit = `${input.application ?? loaded.manifest.name}/${input.unit ?? 0}`;
    let run = runCharm(loaded, input);
    await this.#settle(() => {
      run = runCharm(loaded, { ...input, materials: { ...input.materials, ...this.materials(unit) } });
      return new Map([[unit, run]]);
    });
    return run;
  }

  /** As {@link relate}, once both have what they ask for. @throws OrreryError as {@link relate}. */
  async relate(provider: TestedCharm | RelatedParty, requirer: TestedCharm | RelatedParty): Promise<Related> {
    const { parties, sides } = pairOf(provider, requirer);
    return relatedOf(await this.exchange(parties, [sides]));
  }

  /** As {@link exchange}, once all have what they ask for. @throws OrreryError as {@link exchange}. */
  async exchange(
    parties: Readonly<Record<string, Party>>,
    relations: readonly RelatedSides[],
  ): Promise<ReadonlyMap<string, CharmRun>> {
    return await this.#settle(() =>
      exchange(parties, relations, { materials: (unit) => this.materials(unit) }),
    );
  }

  /** What a unit, such as `shop/0`, has now. */
  materials(unit: string): Readonly<Record<string, MaterialView>> {
    const kept = [...(this.#kept.get(unit) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(kept.map(([id, generation]) => [id, materialView(generation)]));
  }

  /** Why materials that a unit asked for the last time could not be made. */
  problems(unit: string): readonly Problem[] {
    return this.#problems.get(unit) ?? [];
  }

  /** Lets time pass: what is to be rotated by then has a new generation in the next run. */
  advance(ms: number): void {
    this.#now += ms;
  }

  /** Has a new generation made in the next run, as the tool of an action does. @throws OrreryError `MATERIAL_UNKNOWN`. */
  rotate(unit: string, id: string): void {
    const kept = this.#kept.get(unit);
    const found = kept?.get(id);
    if (!kept || !found) {
      const known = Object.keys(this.materials(unit)).join(", ") || "none";
      throw new OrreryError("MATERIAL_UNKNOWN", `material ${id} is none of ${unit}; it has ${known}`);
    }
    this.#kept.set(unit, new Map(kept).set(id, { ...found, asked: (found.asked ?? 0) + 1 }));
  }

  /** Runs, makes what is asked for, and runs again, until nothing is made. */
  async #settle(runAll: () => ReadonlyMap<string, CharmRun>): Promise<ReadonlyMap<string, CharmRun>> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const runs = runAll();
      let changed = false;
      for (const [unit, { outcome }] of runs) {
        changed = (await this.#renew(unit, outcome.materials)) || changed;
      }
      if (!changed) return runs;
    }
    throw new OrreryError(
      "CHARMS_RESTLESS",
      `charms asked for new materials in each of ${MOST_ROUNDS} rounds`,
    );
  }

  /** Says whether the unit has anything else than before. */
  async #renew(unit: string, requests: Outcome["materials"]): Promise<boolean> {
    const kept = this.#kept.get(unit) ?? new Map<string, MaterialGeneration>();
    const before = JSON.stringify(this.materials(unit));
    const making = { kept, random: this.#random, now: () => this.#now };
    const { generations, problems } = await renewMaterials(requests, making);
    this.#kept.set(unit, generations);
    this.#problems.set(unit, problems);
    return before !== JSON.stringify(this.materials(unit));
  }
}
