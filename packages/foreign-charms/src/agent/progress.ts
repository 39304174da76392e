import { existsSync, readFileSync } from "node:fs";
import type { Vault } from "@orrery/engine";
import type { Hook } from "../events/hook.ts";
import type { UnitMemory } from "../events/unit-memory.ts";
import { noWork } from "../hook-run/work.ts";
import type { Work } from "../hook-run/work.ts";
import { writeFileDurably } from "../process/write-file-durably.ts";

/** How far a unit's hooks are beyond what the engine knows. */
export interface Progress {
  /** The turn of the memory that the engine had when this began. */
  readonly base: number;
  readonly work: Work;
  /** The hook that failed last, which is run again before any other. */
  readonly failing?: Hook;
}

/**
 * Keeps a unit's progress in a file, hook by hook, until the engine has taken it in: so a hook that ended well is not run again, and
 * what it wrote is not lost, wherever the engine is killed.
 */
export class ProgressFile {
  readonly #path: string;
  readonly #vault: Vault;
  readonly #place: string;

  /** `unit` is what the file is sealed for. */
  constructor(path: string, { vault, unit }: { readonly vault: Vault; readonly unit: string }) {
    this.#path = path;
    this.#vault = vault;
    this.#place = `progress ${unit}`;
  }

  /** Takes up what was begun, or begins anew where the engine has it all. */
  resume(memory: UnitMemory): Progress {
    const found = this.#read();
    if (!found) return { base: memory.turn, work: noWork(memory) };
    const { turn } = found.work.memory;
    const isAhead = found.base <= memory.turn && memory.turn < turn;
    // A hook that failed has left only what takes effect at once.
    const isBeside = found.base === memory.turn && memory.turn === turn;
    if (isAhead || isBeside) return found;
    return {
      base: memory.turn,
      work: noWork(memory),
      ...(found.failing === undefined ? {} : { failing: found.failing }),
    };
  }

  keep(progress: Progress): void {
    writeFileDurably(this.#path, this.#vault.seal(JSON.stringify(progress), this.#place));
  }

  #read(): Progress | undefined {
    if (!existsSync(this.#path)) return undefined;
    try {
      const found: unknown = JSON.parse(this.#vault.open(readFileSync(this.#path, "utf8"), this.#place));
      return isProgress(found) ? found : undefined;
    } catch {
      // Another key, or half a file: what the engine knows is where the unit stands.
      return undefined;
    }
  }
}

function isProgress(value: unknown): value is Progress {
  return (
    typeof value === "object" &&
    value !== null &&
    "base" in value &&
    Number.isInteger(value.base) &&
    "work" in value &&
    typeof value.work === "object" &&
    value.work !== null &&
    "memory" in value.work
  );
}
