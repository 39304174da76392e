import type { Expectation, HttpGet, Reading } from "@orrery/charm";
import { unknown } from "../../read/unknown-reading.ts";
import { readAlertmanagers } from "./alertmanagers.ts";
import { readRules } from "./rules.ts";
import { readSampleCounts } from "./sample-counts.ts";
import { readTargets } from "./targets.ts";

/** Asks a Prometheus about all that it should have: at most five GETs, however much that is; never rejects. */
export async function readPrometheus(
  url: string,
  expectations: readonly Expectation[],
  http: HttpGet,
): Promise<readonly Reading[]> {
  const of = (kind: string): readonly Expectation[] => expectations.filter((one) => one.kind === kind);
  const [targets, rules, alertmanagers] = [of("target"), of("rule"), of("alertmanager")];
  const counts = await readSampleCounts(url, http);
  const answers = await Promise.all([
    targets.length === 0 ? [] : readTargets(url, { expectations: targets, counts }, http),
    rules.length === 0 ? [] : readRules(url, { expectations: rules, now: counts.now }, http),
    alertmanagers.length === 0 ? [] : readAlertmanagers(url, alertmanagers, http),
  ]);
  const byExpectation = new Map<Expectation, Reading>();
  for (const [index, asked] of [targets, rules, alertmanagers].entries()) {
    for (const [at, expectation] of asked.entries()) {
      const reading = answers[index]?.[at];
      if (reading) byExpectation.set(expectation, reading);
    }
  }
  return expectations.map(
    (one) => byExpectation.get(one) ?? unknown(`a Prometheus cannot be asked for a ${one.kind}`),
  );
}
