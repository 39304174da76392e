import type { Reading } from "@orrery/charm";
import { expect, test } from "vitest";
import { samplesOf } from "../../read/samples.ts";
import { DELIVERY_METRICS, Deliveries } from "./deliveries.ts";

const of = { key: "http://a r webhook", receiver: "r", integration: "webhook" };

/** A page of metrics: notifications begun and given up, attempts and those that failed; another receiver's stand beside. */
function page(counts: { begun: number; failed: number; attempts: number; failedAttempts: number }): string {
  const { begun, failed, attempts, failedAttempts } = counts;
  return [begun, failed, attempts, failedAttempts]
    .flatMap((value, index) => [
      `${DELIVERY_METRICS[index]}{integration="webhook",receiver_name="r"} ${value}`,
      `${DELIVERY_METRICS[index]}{integration="webhook",receiver_name="other"} 7`,
    ])
    .join("\n");
}

function judge(deliveries: Deliveries, ...counts: Parameters<typeof page>): Reading {
  return deliveries.judge(of, samplesOf(page(...counts), DELIVERY_METRICS));
}

test.for([
  {
    what: "nothing was begun",
    counts: { begun: 0, failed: 0, attempts: 0, failedAttempts: 0 },
    state: "pending",
  },
  {
    what: "the first is being tried again",
    counts: { begun: 1, failed: 0, attempts: 4, failedAttempts: 4 },
    state: "failed",
  },
  {
    what: "one got there, if not at once",
    counts: { begun: 1, failed: 0, attempts: 3, failedAttempts: 2 },
    state: "live",
  },
  {
    what: "all were given up",
    counts: { begun: 2, failed: 2, attempts: 9, failedAttempts: 9 },
    state: "failed",
  },
  {
    what: "some were given up, once",
    counts: { begun: 3, failed: 1, attempts: 6, failedAttempts: 4 },
    state: "unknown",
  },
])("where $what, delivery is $state", ({ counts, state }) => {
  expect(judge(new Deliveries(), counts).state).toBe(state);
});

test("a later delivery shows that the way is free again, a later failure that it is not", () => {
  const deliveries = new Deliveries();
  const states = [
    { begun: 1, failed: 0, attempts: 1, failedAttempts: 0 },
    { begun: 2, failed: 1, attempts: 4, failedAttempts: 3 },
    { begun: 2, failed: 1, attempts: 4, failedAttempts: 3 },
    { begun: 3, failed: 1, attempts: 5, failedAttempts: 3 },
    { begun: 1, failed: 0, attempts: 1, failedAttempts: 0 },
  ].map((counts) => judge(deliveries, counts).state);

  expect(states).toEqual(["live", "failed", "failed", "live", "live"]);
});
