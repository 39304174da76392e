import type { HttpGet, Reading } from "@orrery/charm";
import { getText } from "../../read/get.ts";
import { samplesOf, sumOf } from "../../read/samples.ts";
import { unknown } from "../../read/unknown-reading.ts";

const RECEIVED = "loki_distributor_lines_received_total";
const DISCARDED = "loki_discarded_samples_total";

/** Says whether a Loki takes and answers, and tells how many lines it was sent and which of them it refused, and why. */
export async function readReady(url: string, http: HttpGet): Promise<Reading> {
  const asked = `${url}/ready`;
  try {
    const { status, body } = await http(asked);
    // It says so with 503 while it starts.
    if (status === 503) return { state: "pending", evidence: `not ready: ${firstLine(body)}` };
    if (status !== 200) return unknown(`${asked} answered ${status}`);
  } catch (error) {
    return unknown(`${asked} did not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
  const page = await getText(`${url}/metrics`, http);
  return { state: "live", evidence: page.ok ? `ready, ${toll(page.value)}` : "ready" };
}

function toll(page: string): string {
  const samples = samplesOf(page, [RECEIVED, DISCARDED]);
  const received = `${sumOf(samples, RECEIVED) ?? 0} lines received since its start`;
  const refused = samples.filter(({ name, value }) => name === DISCARDED && value > 0);
  if (refused.length === 0) return received;
  const byReason = Map.groupBy(refused, ({ labels }) => labels["reason"] ?? "unknown");
  const told = [...byReason]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, some]) => `${some.reduce((sum, { value }) => sum + value, 0)} ${reason}`);
  return `${received}, of which refused: ${told.join(", ")}`;
}

function firstLine(body: string): string {
  return (
    body
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim()
      .slice(0, 200) ?? "no reason given"
  );
}
