// @ts-check
/** How often a long step says that it is still at work, in milliseconds. */
const STILL_MS = 10_000;

/**
 * Runs one step of the set-up and says on stderr what it does, that it is still at it, and how long it took.
 *
 * Plain lines, for a terminal and a log alike; stdout belongs to the command that follows.
 *
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  say(`${what} ...`);
  const timer = setInterval(() => say(`still at it after ${seconds()} s: ${what}`), STILL_MS);
  try {
    const result = await work();
    say(`done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`orrery: ${line}\n`);
}
