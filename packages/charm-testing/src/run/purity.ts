import type { Outcome } from "@orrery/charm";
import { OrreryError } from "@orrery/problems";

const DAY_MS = 86_400_000;

/** Runs something one day later and with other randomness, as far as it can tell. It must end before it returns. */
export function underAnotherSky<Result>(run: () => Result): Result {
  const { Date: RealDate } = globalThis;
  const { random } = Math;
  class LaterDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      const [first, ...rest] = given as [number, number];
      if (given.length === 0) super(RealDate.now() + DAY_MS);
      else super(first, ...rest);
    }

    static override now(): number {
      return RealDate.now() + DAY_MS;
    }
  }
  globalThis.Date = LaterDate as DateConstructor;
  Math.random = () => (random() + 0.5) % 1;
  try {
    return run();
  } finally {
    globalThis.Date = RealDate;
    Math.random = random;
  }
}

/** @throws OrreryError `CHARM_IMPURE` naming the first place at which two outcomes of one view differ. */
export function expectSame(one: Outcome, two: Outcome): void {
  const difference = firstDifference(one, two, "");
  if (difference !== undefined)
    throw new OrreryError("CHARM_IMPURE", `outcomes of one view differ at ${difference}`);
}

function firstDifference(a: unknown, b: unknown, at: string): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return `${at || "/"}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  }
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const found = firstDifference(left.get(key), right.get(key), `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
