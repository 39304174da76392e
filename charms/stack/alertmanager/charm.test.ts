import { problem } from "@orrery/problems";
import { runCharm, testCharm } from "@orrery/charm-testing";
import type { ViewInput } from "@orrery/charm-testing";
import { createHash } from "node:crypto";
import { expect, test } from "vitest";

const charm = await testCharm(import.meta.dirname);

const running: ViewInput["containers"] = {
  alertmanager: {
    program: { path: "/programs/alertmanager", version: "0.31.1" },
    services: { alertmanager: { status: "running", restarts: 0 } },
    checks: { ready: { status: "up", failures: 0 } },
  },
};
const remote = {
  endpoint: "remote-configuration",
  bags: {
    remoteApplication: {
      alertmanager_config: JSON.stringify({
        route: { receiver: "people" },
        receivers: [{ name: "people", webhook_configs: [{ url: "http://127.9.0.1/" }] }],
      }),
    },
  },
};

test("with nobody to tell, it says that alerts go nowhere", () => {
  expect(runCharm(charm, { containers: running }).status).toMatch(/^active: alerts go nowhere/);
});

test("a webhook is told, and its delivery is expected", () => {
  const run = runCharm(charm, { containers: running, config: { "webhook-url": "http://127.9.0.1/hook" } });

  expect(run.status).toBe("active: 1 receiver");
  expect(run.outcome.expectations).toMatchObject([{ kind: "delivery", application: "alertmanager" }]);
  expect(run.files("alertmanager")["alertmanager.yml"]).not.toContain("/hook");
});

test("a remote configuration is used; each server is told where this one takes alerts", () => {
  const run = runCharm(charm, { containers: running, relations: [remote, { endpoint: "alerting" }] });

  expect(JSON.parse(run.files("alertmanager")["alertmanager.yml"] ?? "")).toMatchObject({
    route: { receiver: "people" },
  });
  expect(run.published("alerting").unit).toMatchObject({ url: "http://127.0.0.2:9093" });
});

test("a refused configuration leaves the last good one, and where there is none, alerts start without it", () => {
  const wanted =
    runCharm(charm, { containers: running, relations: [remote] }).files("alertmanager")["alertmanager.yml"] ??
    "";
  const digest = createHash("sha256").update(wanted).digest("hex");
  const rejected = { "alertmanager.yml": { digest, problem: problem("OUTCOME_INVALID", { message: "no" }) } };
  const after = (applied: object) =>
    runCharm(charm, {
      relations: [remote],
      containers: { alertmanager: { ...running["alertmanager"], rejected, ...applied } },
    });

  expect(after({ applied: "x" }).files("alertmanager")["alertmanager.yml"]).toBe(wanted);
  expect(JSON.parse(after({}).files("alertmanager")["alertmanager.yml"] ?? "")).toMatchObject({
    route: { receiver: "placeholder" },
  });
  expect(after({}).status).toMatch(/refused/);
  expect(after({}).codes).toEqual(["OUTCOME_INVALID"]);
});
