import type { Expectation, HttpGet, Reading } from "@orrery/charm";
import { problem } from "@orrery/problems";
import { durationSeconds } from "@orrery/query";
import { getJson } from "../../read/get.ts";
import { listAt, objectAt, textAt, textsAt } from "../../read/json-field.ts";
import { age, unknown } from "../../read/unknown-reading.ts";
import type { SampleCounts } from "./sample-counts.ts";

/** Says of each expected target whether Prometheus scrapes it, with one GET for all. @see Prometheus HTTP API, Targets. */
export async function readTargets(
  url: string,
  asked: { readonly expectations: readonly Expectation[]; readonly counts: SampleCounts },
  http: HttpGet,
): Promise<readonly Reading[]> {
  const answer = await getJson(`${url}/api/v1/targets?state=active`, http);
  if (!answer.ok) return asked.expectations.map(() => unknown(answer.reason));
  const found = new Map<string, unknown>();
  for (const target of listAt(objectAt(answer.value, "data"), "activeTargets")) {
    found.set(
      `${textAt(target, "scrapePool")} ${textAt(objectAt(target, "discoveredLabels"), "__address__")}`,
      target,
    );
  }
  return asked.expectations.map(({ match = {} }) => {
    const target = found.get(`${match["pool"]} ${match["address"]}`);
    if (target === undefined) return { state: "pending", evidence: "not yet among the server's targets" };
    return readTarget(target, asked.counts);
  });
}

/** Scrapes that may be missed before the last one counts as too old. */
const MISSED = 3;

function readTarget(target: unknown, counts: SampleCounts): Reading {
  const health = textAt(target, "health");
  const last = Date.parse(textAt(target, "lastScrape")) / 1000;
  const scraped = last > 0 && counts.now !== undefined ? Math.max(0, counts.now - last) : undefined;
  const when = scraped === undefined ? "" : `, scraped ${age(scraped)} ago`;
  const aged = scraped === undefined ? {} : { ageSeconds: scraped };
  if (health === "down") {
    const why = textAt(target, "lastError") || "no reason given";
    const message = `target ${textAt(target, "scrapeUrl")} is down: ${why}`;
    return {
      state: "failed",
      evidence: `down${when}: ${why}`,
      ...aged,
      problem: problem("TARGET_DOWN", { message }),
    };
  }
  if (health !== "up") return { state: "pending", evidence: "not scraped yet" };
  if (scraped === undefined)
    return { state: "unknown", evidence: "up, but when it was scraped cannot be told" };
  const interval = durationSeconds(textAt(target, "scrapeInterval")) ?? 60;
  if (scraped > MISSED * interval + 5) {
    const message = `target ${textAt(target, "scrapeUrl")} was scraped ${age(scraped)} ago; every ${interval} s is meant`;
    return {
      state: "failed",
      evidence: message,
      ageSeconds: scraped,
      problem: problem("TARGET_STALE", { message }),
    };
  }
  const samples = counts.of(textsAt(target, "labels"));
  const told = samples === undefined ? "" : `, ${samples} samples`;
  // A scrape that succeeds and brings nothing shows no telemetry.
  if (samples === 0)
    return { state: "pending", evidence: `up, but no samples yet${when}`, ageSeconds: scraped };
  return { state: "live", evidence: `up${told}${when}`, ageSeconds: scraped };
}
