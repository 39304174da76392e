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

test("a webhook whose address is a secret is told, and the address stands in its own file alone", () => {
  const uri = "secret:abcdefghij0123456789";
  const read = (content?: Readonly<Record<string, string>>) =>
    runCharm(charm, {
      containers: running,
      config: { "webhook-url-secret": uri },
      ...(content ? { secrets: { [uri]: { revision: 1, content } } } : {}),
    });
  const run = read({ url: "https://example.com/canary\n" });

  expect(run.status).toBe("active: 1 receiver");
  const holding = Object.entries(run.container("alertmanager").files ?? {}).filter(([, { content }]) =>
    content.includes("canary"),
  );
  expect(holding.map(([, { mode, content }]) => [mode, content])).toEqual([
    ["0600", "https://example.com/canary"],
  ]);
  expect(read().status).toBe(`blocked: webhook-url-secret names ${uri}, which is not granted`);
  expect(read({ url: "canary" }).status).toMatch(/^blocked: webhook-url-secret holds no http/);
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
