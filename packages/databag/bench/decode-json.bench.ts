import { decodeJson } from "../src/index.ts";

// Reading the largest JSON that a bag may hold with its limits looked at first, against JSON.parse alone, which looks at none.
const member = '{"alert":"A","expr":"up{a=\\"b\\"} == 0","labels":{"a":"b"}},';
const text = `[${member.repeat(Math.floor(1_000_000 / member.length))}1]`;

/** The median of several times in milliseconds, after as many to warm up. */
function median(run: () => unknown): number {
  const times = Array.from({ length: 10 }, () => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  });
  return times.slice(5).toSorted((a, b) => a - b)[2] ?? Number.NaN;
}

const floor = median(() => JSON.parse(text));
const capped = median(() => decodeJson(text, { maxKeys: 100_000 }));
console.log(`${(text.length / 1e6).toFixed(1)} MB by JSON.parse          ${floor.toFixed(1).padStart(8)} ms`);
console.log(
  `${(text.length / 1e6).toFixed(1)} MB with limits looked at ${capped.toFixed(1).padStart(8)} ms   ${(capped / floor).toFixed(2)} times that`,
);
