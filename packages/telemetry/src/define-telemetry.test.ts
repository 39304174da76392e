import { expect, test } from "vitest";
import { files } from "./declaration.ts";
import { defineTelemetry } from "./define-telemetry.ts";
import { parseTelemetryYaml } from "./telemetry-yaml.ts";

test("a declaration is given back as it was", () => {
  const storefront = defineTelemetry({
    product: "storefront",
    owner: "web-team",
    metrics: [{ port: "http", interval: "15s", timeout: "10s", labels: { tier: "front" } }],
    rules: files("./rules"),
  });

  expect(storefront.metrics[0].port).toBe("http");
});

test.for([
  {
    what: "an unknown key",
    metrics: [{ port: 80, honorLabels: true }],
    says: 'metrics.0 has the unknown key "honorLabels"',
  },
  {
    what: "an identity label",
    metrics: [{ port: 80, labels: { juju_model: "x" } }],
    says: "label juju_model is an identity label",
  },
  { what: "a reserved label", metrics: [{ port: 80, labels: { __address__: "x" } }], says: '"__address__"' },
  { what: "a port out of range", metrics: [{ port: 65536 }], says: "metrics.0.port must be <= 65535" },
  {
    what: "a path that is none",
    metrics: [{ port: 80, path: "/a\r\nb" }],
    says: "metrics.0.path must match",
  },
  {
    what: "a token in clear",
    metrics: [{ port: 80, authorization: JSON.parse('{ "kind": "bearer", "credentials": "canary" }') }],
    says: "metrics.0.authorization.credentials must be object",
  },
  {
    what: "what is no secret's URI",
    metrics: [{ port: 80, authorization: { kind: "bearer" as const, credentials: { secret: "canary" } } }],
    says: "metrics.0.authorization.credentials.secret must match",
  },
  { what: "two endpoints without jobs", metrics: [{ port: 80 }, { port: 81 }], says: "need a job each" },
  {
    what: "a timeout past the interval",
    metrics: [{ port: 80, interval: "5s", timeout: "1m" }],
    says: "timeout is 1m",
  },
  {
    what: "an interval of a millisecond",
    metrics: [{ port: 80, interval: "1ms" }],
    says: "the shortest allowed is 1s",
  },
])("refuses $what, in TypeScript and in YAML alike", ({ metrics, says }) => {
  const declaration = { product: "storefront", metrics };

  expect(() => defineTelemetry(declaration)).toThrow(
    expect.objectContaining({ code: "TELEMETRY_INVALID", message: expect.stringContaining(says) }),
  );
  expect(parseTelemetryYaml(JSON.stringify(declaration)).problems[0]?.message).toContain(says);
});

test("a telemetry.yaml gives the declaration that TypeScript gives", () => {
  const { declaration, problems } = parseTelemetryYaml(`
product: billing
owner: payments
metrics:
  - port: 9102
    path: /internal/metrics
rules:
  errors.yaml: |
    alert: Errors
    expr: rate(errors_total[5m]) > 1
`);

  expect(problems).toEqual([]);
  expect(declaration).toEqual(
    defineTelemetry({
      product: "billing",
      owner: "payments",
      metrics: [{ port: 9102, path: "/internal/metrics" }],
      rules: { "errors.yaml": "alert: Errors\nexpr: rate(errors_total[5m]) > 1\n" },
    }),
  );
});

test("a fault in a telemetry.yaml has its line and column", () => {
  expect(
    parseTelemetryYaml("product: billing\nmetrics:\n  - port: 9102\n    pth: /x\n").problems,
  ).toMatchObject([{ code: "TELEMETRY_INVALID", origin: { file: "telemetry.yaml", line: 4, column: 10 } }]);
});

test.for([
  { what: "an alias", text: "product: &a x\nowner: *a\n" },
  { what: "two documents", text: "product: a\n---\nproduct: b\n" },
  { what: "a key twice", text: "product: a\nproduct: b\n" },
  { what: "a tag of its own", text: "product: !secret a\n" },
  { what: "a tab for indentation", text: "product: a\nmetrics:\n\t- port: 1\n" },
  { what: "nesting without end", text: "[".repeat(100_000) },
  { what: "more than is read", text: `product: a # ${"x".repeat(300_000)}` },
  { what: "nothing", text: "" },
])("a telemetry.yaml with $what is refused, not thrown at", ({ text }) => {
  const { declaration, problems } = parseTelemetryYaml(text);

  expect(declaration).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});
