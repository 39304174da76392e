import { rmSync } from "node:fs";
import type { Hook } from "../events/hook.ts";
import type { UnitMemory } from "../events/unit-memory.ts";
import { noWork } from "../hook-run/work.ts";
import type { Work } from "../hook-run/work.ts";
import { readJsonFile, writeFileDurably } from "../process/write-file-durably.ts";

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

  constructor(path: string) {
    this.#path = path;
  }

  /** Takes up what was begun, or begins anew where the engine has it all. */
  resume(memory: UnitMemory): Progress {
    const found = readJsonFile(this.#path);
    if (!isProgress(found)) return { base: memory.turn, work: noWork(memory) };
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
    writeFileDurably(this.#path, JSON.stringify(progress));
  }

  forget(): void {
    rmSync(this.#path, { force: true });
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
