/** Runs work when its turn comes. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets at most `limit` pieces of work run at once; the others start in the order in which they were handed in. */
export function createTurns(limit: number): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    // A freed place is handed over, not given back: otherwise a newcomer could take it before the one who was woken.
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
