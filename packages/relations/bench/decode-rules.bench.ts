import { requirer } from "../src/prometheus-scrape/index.ts";

// Reading the rules of one relation: the first time, and again when one of them has changed. Nothing else runs meanwhile, so each
// figure is also how long it holds everything up.
const EXPRESSIONS = [
  "up < 1",
  'rate(zinc_total{job="j"}[5m]) > 0.5',
  'histogram_quantile(0.99, sum by (le, handler) (rate(zinc_duration_seconds_bucket{handler!="/x"}[5m]))) > 1',
  'sum by (code) (rate(zinc_total{code=~"5.."}[5m])) / ignoring (code) group_left sum(rate(zinc_total[5m])) > 0.05',
];
const endpoint = requirer();
let salt = 0;

interface Sent {
  readonly alert: string;
  readonly expr: string;
}

/** Rules that nobody has read before. */
function rules(count: number): readonly Sent[] {
  salt += 1;
  return Array.from({ length: count }, (_, at) => ({
    alert: `Alert${at}`,
    expr: `${EXPRESSIONS[at % EXPRESSIONS.length]} + ${salt}.${at}`,
    for: "5m",
    labels: { severity: "warning" },
    annotations: { summary: "{{ $labels.instance }} is slow", description: "it is {{ $value }}" },
  }));
}

/** As long as an expression may be, and as many as a bag holds. */
function longest(): readonly Sent[] {
  salt += 1;
  return Array.from({ length: 240 }, (_, at) => ({
    alert: `Alert${at}`,
    expr: Array.from({ length: 999 }, (__, term) => (term % 90) + salt + at).join("+"),
  }));
}

/** Milliseconds to read the relation. */
function read(sent: readonly Sent[]): number {
  const alertRules = JSON.stringify({ groups: [{ name: "all", rules: sent }] });
  const begun = performance.now();
  endpoint.decode({
    id: 1,
    endpoint: "metrics-endpoint",
    interface: "prometheus_scrape",
    application: "zinc",
    model: { name: "obs", uuid: "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713" },
    units: ["zinc/0"],
    version: 1,
    granted: [],
    bags: {
      localApplication: {},
      localUnit: {},
      remoteApplication: { alert_rules: alertRules },
      remoteUnits: {},
    },
  });
  return performance.now() - begun;
}

/** The median of several times, after as many to warm up. */
function median(measure: () => number): number {
  const times = Array.from({ length: 10 }, measure)
    .slice(5)
    .toSorted((a, b) => a - b);
  return times[2] ?? Number.NaN;
}

function again(count: number): number {
  const sent = rules(count);
  read(sent);
  return read([...sent.slice(1), ...rules(1)]);
}

const row = (what: string, ms: number): void =>
  console.log(`${what.padEnd(52)} ${ms.toFixed(1).padStart(8)} ms`);
for (const count of [50, 500, 3500]) {
  row(
    `${count} rules that were never read`,
    median(() => read(rules(count))),
  );
  row(
    `${count} rules of which one has changed`,
    median(() => again(count)),
  );
}
row(
  "240 of the longest expressions",
  median(() => read(longest())),
);
