import type { Expectation, HttpGet } from "@orrery/charm";
import { expect, test } from "vitest";
import { confirmLoki } from "./confirm-loki.ts";
import { readLoki } from "./read-loki.ts";

const NOW = 1_700_000_000;
const URL_OF_LOKI = "http://127.6.0.1:3100";

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>;

/** Answers as a Loki does, by path; what is not listed is 404. */
function server(answers: Answers): HttpGet {
  return async (url) => {
    const answer = answers[new URL(url).pathname];
    if (answer === undefined) return { status: 404, body: "" };
    const { status = 200, body } = answer;
    return { status, body: typeof body === "string" ? body : JSON.stringify(body) };
  };
}

const stream: Expectation = {
  signal: "logs",
  kind: "stream",
  name: "logging-3/zinc",
  application: "zinc",
  container: "loki",
  match: { juju_application: "zinc", juju_model: "obs" },
};
const ready: Expectation = { ...stream, kind: "ready", name: "loki" };

const RANGE = "/loki/api/v1/query_range";
const INSTANT = "/loki/api/v1/query";
const lines = (...secondsAgo: readonly number[]) => ({
  body: {
    data: {
      resultType: "streams",
      result: secondsAgo.map((ago) => ({ stream: {}, values: [[`${(NOW - ago) * 1e9}`, "hello"]] })),
    },
  },
});
const counted = (count: string) => ({
  body: { data: { resultType: "vector", result: [{ metric: {}, value: [NOW, count] }] } },
});

async function read(expectation: Expectation, answers: Answers): Promise<unknown> {
  return (await readLoki(URL_OF_LOKI, [expectation], server(answers)))[0];
}

test.for([
  {
    what: "a line of the last day",
    answers: { [RANGE]: lines(7, 3), [INSTANT]: counted("42") },
    reading: { state: "live", evidence: "42 lines in 5 min, the last 3.0 s ago", ageSeconds: 3 },
  },
  {
    what: "a line whose sender's clock is ahead",
    answers: { [RANGE]: lines(-20), [INSTANT]: counted("1") },
    reading: { state: "live", evidence: "1 line in 5 min, the last 0.0 s ago", ageSeconds: 0 },
  },
  {
    what: "no line",
    answers: { [RANGE]: lines(), [INSTANT]: counted("0") },
    reading: {
      state: "pending",
      evidence: 'no line of {juju_application="zinc", juju_model="obs"} in the last 24h',
    },
  },
  {
    what: "a server that refuses the query",
    answers: { [RANGE]: { status: 400, body: "parse error" }, [INSTANT]: counted("0") },
    reading: { state: "unknown", problem: { code: "BACKEND_UNREACHABLE" } },
  },
  {
    what: "a server that does not tell the time",
    answers: { [RANGE]: lines(3), [INSTANT]: { body: {} } },
    reading: { state: "unknown" },
  },
  {
    what: "an answer that is no answer",
    answers: { [RANGE]: { body: "<html>" }, [INSTANT]: counted("0") },
    reading: { state: "unknown" },
  },
])("a stream with $what is $reading.state", async ({ answers, reading }) => {
  expect(await read(stream, answers)).toMatchObject(reading);
});

test("a server that takes lines is live, and tells what it was sent and what it refused", async () => {
  const metrics = [
    'loki_distributor_lines_received_total{tenant="fake"} 7',
    'loki_discarded_samples_total{reason="too_far_behind",tenant="fake"} 2',
    'loki_discarded_samples_total{reason="line_too_long",tenant="fake"} 1',
  ];
  const answers = { "/ready": { body: "ready\n" }, "/metrics": { body: metrics.join("\n") } };

  expect(await read(ready, answers)).toEqual({
    state: "live",
    evidence: "ready, 7 lines received since its start, of which refused: 1 line_too_long, 2 too_far_behind",
  });
});

test("a server that starts is pending, one that does not answer unknown", async () => {
  const starting = { "/ready": { status: 503, body: "\nIngester not ready: waiting\n" } };

  expect(await read(ready, starting)).toEqual({
    state: "pending",
    evidence: "not ready: Ingester not ready: waiting",
  });
  const silent = await readLoki(URL_OF_LOKI, [ready, stream, { ...ready, kind: "target" }], () =>
    Promise.reject(new Error("refused")),
  );
  expect(silent.map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
});

test("the mark that the server shows tells whether it runs with the file", async () => {
  const files = { "loki.json": JSON.stringify({ memberlist: { cluster_label: "orrery-loaded-a" } }) };
  const shows = (label: string) =>
    server({ "/config": { body: `memberlist:\n  cluster_label: ${label}\n` } });

  expect(await confirmLoki(URL_OF_LOKI, files, shows("orrery-loaded-a"))).toBe("applied");
  expect(await confirmLoki(URL_OF_LOKI, files, shows('""'))).toBe("stale");
  expect(await confirmLoki(URL_OF_LOKI, files, server({}))).toBe("unknown");
  expect(await confirmLoki(URL_OF_LOKI, {}, shows("orrery-loaded-a"))).toBe("unknown");
});
