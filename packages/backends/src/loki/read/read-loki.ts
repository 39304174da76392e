import type { Expectation, HttpGet, Reading } from "@orrery/charm";
import { unknown } from "../../read/unknown-reading.ts";
import { readReady } from "./read-ready.ts";
import { readStream } from "./read-stream.ts";

/** Expectations that are asked about at the same time: queries take turns in a Loki, and each has a deadline. */
const AT_ONCE = 8;

/** Asks a Loki about all that it should have, with two GETs for each stream; never rejects. */
export async function readLoki(
  url: string,
  expectations: readonly Expectation[],
  http: HttpGet,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (let at = 0; at < expectations.length; at += AT_ONCE) {
    const some = expectations.slice(at, at + AT_ONCE);
    readings.push(...(await Promise.all(some.map(async (one) => await readOne(url, one, http)))));
  }
  return readings;
}

async function readOne(url: string, { kind, match = {} }: Expectation, http: HttpGet): Promise<Reading> {
  if (kind === "stream") return await readStream(url, match, http);
  if (kind === "ready") return await readReady(url, http);
  return unknown(`a Loki cannot be asked for a ${kind}`);
}
