import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { readIfThere, writeAtomically } from "../disk/write-atomically.ts";

/** A unit whose charm had to be ended. */
export interface RunMark {
  /** Of the view that it was run on: a charm is a function, so the same view would loop again. */
  readonly digest: string;
  /** Times in a row. */
  readonly count: number;
  /** Milliseconds since the epoch at which it was ended. */
  readonly at: number;
}

const SHORTEST_MS = 5000;
const SAME_VIEW_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** Units whose charms had to be ended, kept in a file so that the next engine does not run them at once again. */
export class RunMarks {
  readonly #path: string;
  readonly #marks: Map<string, RunMark>;

  constructor(path: string) {
    this.#path = path;
    this.#marks = new Map(Object.entries(read(path)));
  }

  /** Marks a unit. */
  add(unit: string, digest: string, now: number): RunMark {
    const mark: RunMark = { digest, count: (this.#marks.get(unit)?.count ?? 0) + 1, at: now };
    this.#marks.set(unit, mark);
    this.#write();
    return mark;
  }

  /** Forgets a unit whose charm answered. */
  clear(unit: string): void {
    if (this.#marks.delete(unit)) this.#write();
  }

  /** All marks, as plain JSON. */
  all(): Readonly<Record<string, RunMark>> {
    return Object.fromEntries(this.#marks);
  }

  #write(): void {
    if (this.#marks.size === 0) rmSync(this.#path, { force: true });
    else writeAtomically(this.#path, `${JSON.stringify(this.all())}\n`, 0o600);
  }
}

/** Until when a marked unit is not to be run on such a view, in milliseconds since the epoch: a changed view sooner. */
export function waitsUntil(mark: RunMark, digest: string): number {
  const first = mark.digest === digest ? SAME_VIEW_MS : SHORTEST_MS;
  return mark.at + Math.min(LONGEST_MS, first * 2 ** Math.min(mark.count - 1, 12));
}

/** Tells views apart. */
export function digestOfView(view: unknown): string {
  return createHash("sha256").update(JSON.stringify(view)).digest("hex");
}

function read(path: string): Record<string, RunMark> {
  try {
    const found: unknown = JSON.parse(readIfThere(path) ?? "{}");
    return typeof found === "object" && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}
