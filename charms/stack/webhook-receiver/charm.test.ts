import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { relate, runCharm, testCharm } from "@orrery/charm-testing";
import { expect, test } from "vitest";
import { Journal } from "./workload/journal.js";

const charm = await testCharm(import.meta.dirname);

test("an Alertmanager that it configures sends everything to it", async () => {
  const alertmanager = await testCharm(join(import.meta.dirname, "../alertmanager"));
  const { provider, requirer } = relate(
    { charm, endpoint: "remote-configuration" },
    { charm: alertmanager, endpoint: "remote-configuration" },
  );

  expect(provider.outcome.status.status).toBe("active");
  expect(requirer.codes).toEqual([]);
  expect(requirer.outcome.expectations).toMatchObject([
    { kind: "delivery", match: { receiver: "webhook", integration: "webhook" } },
  ]);
});

test("what it was sent is shown, newest last, by name and number", async () => {
  const kept = ["A", "B", "A"].map((alertname, at) => ({
    at: String(at),
    status: "firing",
    labels: { alertname },
    annotations: {},
    startsAt: "",
  }));
  const { view } = runCharm(charm);
  const tools = {
    get: () => Promise.resolve({ status: 200, body: JSON.stringify(kept) }),
    exec: () => Promise.reject(new Error("not asked for")),
    rotate: () => Promise.reject(new Error("not asked for")),
  };

  expect(await charm.act({ action: "show", view, params: { alert: "A", limit: 1 } }, tools)).toMatchObject({
    notifications: [{ received: "2", labels: { alertname: "A" } }],
  });
});

test("what came outlives the process, and does not grow for ever", () => {
  const folder = mkdtempSync(join(tmpdir(), "orrery-journal-"));
  try {
    const journal = new Journal(folder);
    for (let number = 0; number < 2500; number += 1) journal.add([{ number }]);

    expect(new Journal(folder).all()).toHaveLength(1000);
    expect(new Journal(folder).all().at(-1)).toEqual({ number: 2499 });
    expect(
      readFileSync(join(folder, "notifications.jsonl"), "utf8").trim().split("\n").length,
    ).toBeLessThanOrEqual(2000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
