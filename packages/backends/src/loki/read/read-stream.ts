import type { HttpGet, Reading } from "@orrery/charm";
import { getJson } from "../../read/get.ts";
import { asObject, listAt, objectAt } from "../../read/json-field.ts";
import { age, unknown } from "../../read/unknown-reading.ts";
import { streamSelector } from "../compile/stream-selector.ts";

/** An application may well have nothing to say for hours. */
const LOOKED_BACK = "24h";
const COUNTED = "5m";

/**
 * Says whether lines that bear these labels arrive: asks for the newest one of the last day, and how many came in five minutes.
 *
 * @see Grafana Loki 3.7, HTTP API, `GET /loki/api/v1/query_range` and `GET /loki/api/v1/query`.
 */
export async function readStream(
  url: string,
  labels: Readonly<Record<string, string>>,
  http: HttpGet,
): Promise<Reading> {
  const selector = streamSelector(labels);
  const lines = encodeURIComponent(selector);
  // `vector(0)` makes sure of an answer, which bears the server's time.
  const count = encodeURIComponent(`sum(count_over_time(${selector}[${COUNTED}])) or vector(0)`);
  const [newest, counted] = await Promise.all([
    getJson(
      `${url}/loki/api/v1/query_range?query=${lines}&limit=1&direction=backward&since=${LOOKED_BACK}`,
      http,
    ),
    getJson(`${url}/loki/api/v1/query?query=${count}`, http),
  ]);
  if (!newest.ok) return unknown(newest.reason);
  if (!counted.ok) return unknown(counted.reason);
  const at = newestOf(newest.value);
  if (at === undefined)
    return { state: "pending", evidence: `no line of ${selector} in the last ${LOOKED_BACK}` };
  const { now, lines: number } = countOf(counted.value);
  if (now === undefined) return unknown(`${url} did not tell the time`);
  const ageSeconds = Math.max(0, now - at);
  const told = `${number} ${number === 1 ? "line" : "lines"} in 5 min`;
  return { state: "live", evidence: `${told}, the last ${age(ageSeconds)} ago`, ageSeconds };
}

/** When the newest line was written, in seconds since 1970. */
function newestOf(answer: unknown): number | undefined {
  const times = listAt(objectAt(answer, "data"), "result").flatMap((stream) =>
    listAt(stream, "values").map((line) => (Array.isArray(line) ? Number(line[0]) / 1e9 : Number.NaN)),
  );
  const known = times.filter((time) => Number.isFinite(time));
  return known.length === 0 ? undefined : Math.max(...known);
}

function countOf(answer: unknown): { readonly now: number | undefined; readonly lines: number } {
  const samples = listAt(objectAt(answer, "data"), "result").map((one) => {
    const value = asObject(one)["value"];
    return Array.isArray(value) ? value.map(Number) : [];
  });
  const now = samples[0]?.[0];
  return { now: now !== undefined && Number.isFinite(now) ? now : undefined, lines: samples[0]?.[1] ?? 0 };
}
