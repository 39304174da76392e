import { createHash } from "node:crypto";
import { runCharm, testCharm } from "@orrery/charm-testing";
import type { ViewInput } from "@orrery/charm-testing";
import { problem } from "@orrery/problems";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

const running: ViewInput["containers"] = {
  loki: {
    program: { path: "/programs/loki", version: "3.7.8" },
    services: { loki: { status: "running", restarts: 0 } },
    checks: { ready: { status: "up", failures: 0 } },
  },
};
const sender = {
  endpoint: "logging",
  application: "zinc",
  bags: { remoteUnits: { "zinc/0": {} } },
};
const withRules = {
  ...sender,
  bags: {
    ...sender.bags,
    remoteApplication: {
      alert_rules: JSON.stringify({
        groups: [{ name: "g", rules: [{ alert: "A", expr: 'rate({job=~".+"}[5m]) > 1' }] }],
      }),
    },
  },
};

test("each unit tells where it takes lines, and expects lines of who is related", () => {
  const run = runCharm(charm, { containers: running, relations: [sender] });

  expect(run.status).toBe("active: 1 sender");
  expect(run.published("logging")).toEqual({
    unit: {
      endpoint: '{"url": "http://127.0.0.2:3100/loki/api/v1/push"}',
      public_address: "127.0.0.2",
    },
    application: { event: "{}" },
  });
  expect(run.outcome.expectations).toMatchObject([
    { kind: "ready", application: "loki" },
    { kind: "stream", application: "zinc", match: { juju_application: "zinc" } },
  ]);
});

test("options reach the configuration", () => {
  const config = {
    "retention-period": 2,
    "max-line-size-kb": 1024,
    "ingestion-rate-mb": 8,
    "reporting-enabled": true,
  };
  const run = runCharm(charm, { containers: running, config });

  expect(JSON.parse(run.files("loki")["loki.json"] ?? "")).toMatchObject({
    limits_config: { retention_period: "48h", max_line_size: "1024KB", ingestion_rate_mb: 8 },
    analytics: { reporting_enabled: true },
  });
});

test("rules that are sent along are not evaluated, and their author is told", () => {
  const run = runCharm(charm, { containers: running, relations: [withRules] });

  expect(run.codes).toEqual(["LOG_RULES_NOT_EVALUATED"]);
  expect(run.status).toMatch(/1 problem/);
  expect(run.published("logging").application?.["event"]).toContain("are not evaluated");
  expect(Object.keys(run.files("loki"))).toEqual(["loki.json"]);
});

test("a refused configuration is told", () => {
  const wanted = runCharm(charm, { containers: running }).files("loki")["loki.json"] ?? "";
  const digest = createHash("sha256").update(wanted).digest("hex");
  const rejected = { "loki.json": { digest, problem: problem("OUTCOME_INVALID", { message: "no" }) } };
  const run = runCharm(charm, { containers: { loki: { ...running["loki"], rejected } } });

  expect(run.codes).toEqual(["OUTCOME_INVALID"]);
});

test("it waits for loki to be ready", () => {
  const starting = { ...running["loki"], checks: {} };

  expect(runCharm(charm, { containers: { loki: starting } }).status).toBe("waiting: for loki to be ready");
});
