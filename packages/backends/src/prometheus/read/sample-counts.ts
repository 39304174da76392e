import type { HttpGet } from "@orrery/charm";
import { getJson } from "../../read/get.ts";
import { asObject, listAt, objectAt, textsAt } from "../../read/json-field.ts";

/** How many samples the last scrapes brought, and what time the server has. */
export interface SampleCounts {
  /** The server's clock in seconds since 1970; absent when it did not answer. */
  readonly now: number | undefined;
  /** Samples of the last scrape of the target with these labels. */
  readonly of: (labels: Readonly<Record<string, string>>) => number | undefined;
}

/** Asks for the counts and the clock in one query; `vector(0)` makes sure of an answer. */
export async function readSampleCounts(url: string, http: HttpGet): Promise<SampleCounts> {
  const query = encodeURIComponent("scrape_samples_scraped or vector(0)");
  const answer = await getJson(`${url}/api/v1/query?query=${query}`, http);
  let now: number | undefined;
  const counts = new Map<string, number>();
  for (const one of answer.ok ? listAt(objectAt(answer.value, "data"), "result") : []) {
    const [time, count] = listOf(asObject(one)["value"]);
    if (typeof time === "number") now = time;
    const { __name__: _name, ...labels } = textsAt(one, "metric");
    counts.set(keyOf(labels), Number(count));
  }
  return { now, of: (labels) => counts.get(keyOf(labels)) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
