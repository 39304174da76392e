import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findCulprits } from "./find-culprits.ts";

test("finds exactly the items that are never accepted, and accepts all others together", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 3 }),
      async (size, bad) => {
        const items = Array.from({ length: size }, (_, at) => at);
        fc.pre(bad.some((item) => item < size));
        const trial = (tried: readonly number[]): Promise<string | undefined> =>
          Promise.resolve(tried.some((item) => bad.includes(item)) ? "no" : undefined);
        const found = await findCulprits(items, "no", trial);

        expect(found.refused.map(({ item }) => item)).toEqual(items.filter((item) => bad.includes(item)));
        expect(found.accepted).toEqual(items.filter((item) => !bad.includes(item)));
      },
    ),
  );
});

const excluding = (tried: readonly string[]): Promise<string | undefined> =>
  Promise.resolve(tried.includes("a") && tried.includes("c") ? "twice the same" : undefined);

test("keeps the first of two items that exclude each other", async () => {
  expect(await findCulprits(["a", "b", "c"], "twice the same", excluding)).toEqual({
    accepted: ["a", "b"],
    refused: [{ item: "c", words: "twice the same" }],
  });
});

test("a single item needs no trial", async () => {
  const found = await findCulprits(["a"], "no", () => Promise.reject(new Error("not to be tried")));

  expect(found.refused).toEqual([{ item: "a", words: "no" }]);
});
