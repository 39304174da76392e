import { runCharm, testCharm } from "@orrery/charm-testing";
import type { ViewInput } from "@orrery/charm-testing";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

const running: ViewInput["containers"] = {
  otelcol: {
    program: { path: "/programs/otelcol", version: "0.155.0" },
    services: { otelcol: { status: "running", restarts: 0 } },
    checks: { ready: { status: "up", failures: 0 } },
  },
};
const taking = (url: string) => ({
  endpoint: "send-loki-logs",
  application: "loki",
  granted: ["127.0.0.9:3100"],
  bags: { remoteUnits: { "loki/0": { endpoint: JSON.stringify({ url }) } } },
});
const loki = taking("http://127.0.0.9:3100/loki/api/v1/push");
const config = { "unit-logs": "/home/units" };

test("without somebody who takes lines, or a folder to read, nothing is started", () => {
  const alone = runCharm(charm, { containers: running, config });
  const blind = runCharm(charm, { containers: running, relations: [loki] });

  expect(alone.status).toBe("blocked: nothing to do: relate send-loki-logs to a Loki");
  expect(blind.status).toBe("blocked: nothing to do: set unit-logs");
  expect([alone, blind].map((run) => run.outcome.containers)).toEqual([{}, {}]);
});

test("it reads every unit's logs and sends them to the Loki that it is related to", () => {
  const run = runCharm(charm, { containers: running, config, relations: [loki] });

  expect(run.status).toBe("active: sends to 1 Loki");
  expect(JSON.parse(run.files("otelcol")["otelcol.json"] ?? "")).toMatchObject({
    receivers: { "file_log/units": { include: expect.arrayContaining(["/home/units/*/*/logs/*/current"]) } },
    exporters: { "otlp_http/127.0.0.9:3100": { endpoint: "http://127.0.0.9:3100/otlp" } },
  });
});

test("it says who it is, so that the Loki expects lines of it", () => {
  const run = runCharm(charm, { containers: running, config, relations: [loki] });

  expect(JSON.parse(run.published("send-loki-logs").application?.["metadata"] ?? "")).toMatchObject({
    application: "opentelemetry-collector",
  });
});

test("a store of lines that is no Loki is reported and left out", () => {
  const run = runCharm(charm, {
    containers: running,
    config,
    relations: [taking("http://127.0.0.9:3100/elsewhere")],
  });

  expect(run.codes).toEqual(["RELATION_URL_REFUSED"]);
  expect(run.status).toMatch(/^blocked/);
});
