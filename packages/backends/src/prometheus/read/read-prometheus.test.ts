import type { Expectation, HttpGet } from "@orrery/charm";
import { expect, test } from "vitest";
import { readPrometheus } from "./read-prometheus.ts";

const NOW = 1_700_000_000;
const at = (secondsAgo: number): string => new Date((NOW - secondsAgo) * 1000).toISOString();

/** Answers as a Prometheus does, by path; what is not listed is 404. */
function server(answers: Readonly<Record<string, unknown>>): HttpGet {
  return async (url) => {
    const { pathname } = new URL(url);
    const answer = answers[pathname];
    if (answer === undefined) return { status: 404, body: "" };
    return {
      status: 200,
      body: typeof answer === "string" ? answer : JSON.stringify({ status: "success", data: answer }),
    };
  };
}

const samples = {
  resultType: "vector",
  result: [{ metric: { __name__: "scrape_samples_scraped", job: "j" }, value: [NOW, "42"] }],
};

function target(over: object): object {
  return {
    scrapePool: "j/k",
    discoveredLabels: { __address__: "127.4.0.1:80" },
    labels: { job: "j" },
    scrapeUrl: "http://127.4.0.1:80/metrics",
    lastError: "",
    lastScrape: at(2),
    scrapeInterval: "10s",
    health: "up",
    ...over,
  };
}

const expected = { application: "zinc", container: "prometheus" };
const wantsTarget: Expectation = {
  ...expected,
  signal: "metrics",
  kind: "target",
  name: "t",
  match: { pool: "j/k", address: "127.4.0.1:80" },
};

test.for([
  { what: "scraped with success", over: {}, state: "live", evidence: "up, 42 samples, scraped 2.0 s ago" },
  {
    what: "down",
    over: { health: "down", lastError: "connection refused" },
    state: "failed",
    evidence: "down, scraped 2.0 s ago: connection refused",
  },
  {
    what: "not scraped yet",
    over: { health: "unknown", lastScrape: "0001-01-01T00:00:00Z" },
    state: "pending",
    evidence: "not scraped yet",
  },
  {
    what: "not scraped any more",
    over: { lastScrape: at(90) },
    state: "failed",
    evidence: "target http://127.4.0.1:80/metrics was scraped 90.0 s ago; every 10 s is meant",
  },
  {
    what: "another",
    over: { scrapePool: "j/other" },
    state: "pending",
    evidence: "not yet among the server's targets",
  },
])("a target that is $what is $state", async ({ over, state, evidence }) => {
  const http = server({ "/api/v1/query": samples, "/api/v1/targets": { activeTargets: [target(over)] } });

  expect(await readPrometheus("http://p", [wantsTarget], http)).toMatchObject([{ state, evidence }]);
});

const rule = (over: object): object => ({
  name: "A",
  health: "ok",
  state: "inactive",
  lastEvaluation: at(3),
  ...over,
});
const wants = (file: string, index: number, name: string = "A"): Expectation => ({
  ...expected,
  signal: "rules",
  kind: "rule",
  name: `${file}${index}`,
  match: { file: `rules/${file}.json`, group: "g", rule: name, index: String(index) },
});

test("a rule is live once it was evaluated without fault, at its own place in its own file", async () => {
  const groups = [
    {
      name: "g",
      file: "/home/x/current/rules/k.json",
      rules: [rule({}), rule({ health: "err", lastError: "many-to-many" }), rule({ health: "unknown" })],
    },
    { name: "g", file: "/home/x/current/rules/other.json", rules: [] },
  ];
  const http = server({ "/api/v1/query": samples, "/api/v1/rules": { groups } });
  const asked = [wants("k", 0), wants("k", 1), wants("k", 2), wants("other", 0), wants("k", 0, "B")];

  const readings = await readPrometheus("http://p", asked, http);
  expect(readings.map(({ state }) => state)).toEqual(["live", "failed", "pending", "pending", "pending"]);
  expect(readings[0]?.evidence).toBe("ok, inactive, evaluated 3.0 s ago");
  expect(readings[1]?.problem?.message).toContain("many-to-many");
});

test.for([
  { sent: 0, errors: 0, state: "pending" },
  { sent: 5, errors: 5, state: "failed" },
  { sent: 5, errors: 1, state: "live" },
])("an Alertmanager that took all but $errors of $sent alerts is $state", async ({ sent, errors, state }) => {
  const url = "http://127.3.0.1:9093/api/v2/alerts";
  const http = server({
    "/api/v1/query": samples,
    "/api/v1/alertmanagers": { activeAlertmanagers: [{ url }] },
    "/metrics": `prometheus_notifications_sent_total{alertmanager="${url}"} ${sent}\nprometheus_notifications_errors_total{alertmanager="${url}"} ${errors}\n`,
  });
  const wanted: Expectation = {
    ...expected,
    signal: "alerting",
    kind: "alertmanager",
    name: "a",
    match: { url },
  };

  expect(await readPrometheus("http://p", [wanted], http)).toMatchObject([{ state }]);
});

const silent: HttpGet = () => Promise.reject(new Error("connection refused"));
const junk: HttpGet = () => Promise.resolve({ status: 200, body: '{"data":[1,null,{"activeTargets":3}]}' });

test("a server that does not answer, or answers junk, leaves everything unknown or pending, never live", async () => {
  const kinds = ["target", "rule", "alertmanager", "surprise"];
  const asked = kinds.map((kind): Expectation => ({ ...expected, signal: "metrics", kind, name: kind }));

  const unanswered = await readPrometheus("http://p", asked, silent);
  expect(unanswered.map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
  expect(unanswered[0]?.problem?.code).toBe("BACKEND_UNREACHABLE");
  const states = (await readPrometheus("http://p", asked, junk)).map(({ state }) => state);
  expect(states).toEqual(["pending", "pending", "pending", "unknown"]);
});
