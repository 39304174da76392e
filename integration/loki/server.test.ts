import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loki } from "@orrery/backends/loki";
import type { Expectation, Reading } from "@orrery/charm";
import { identityLabels } from "@orrery/topology";
import { afterAll, beforeAll, expect, test } from "vitest";
import { http } from "../backends/http.ts";
import { judge } from "../backends/programs.ts";
import { until } from "../world/world.ts";
import { LokiServer, SETTINGS } from "./loki-server.ts";

/** Long enough for a cold Go build on a small machine, in milliseconds. */
const COLD_MS = 900_000;

let server: LokiServer;
beforeAll(async () => {
  server = await LokiServer.start("127.0.78.1");
}, COLD_MS);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const modelUuid = "7a3c1f0e-5b2d-4c86-9e41-0d6f8a92b713";
const labels = (application: string) =>
  identityLabels({ model: "obs", modelUuid, application, unit: `${application}/0`, charm: application });

function expected(application: string): Expectation {
  const identity = { model: "obs", modelUuid, application };
  const { expectations } = loki.contributor("logging-1", { identity, sentRules: [] }, { container: "loki" });
  if (!expectations[0]) throw new Error("nothing is expected");
  return expectations[0];
}

async function read(expectation: Expectation): Promise<Reading> {
  const [reading] = await loki.read(server.url, [expectation], http);
  if (!reading) throw new Error("nothing was read");
  return reading;
}

const isReady: Expectation = {
  signal: "logs",
  kind: "ready",
  name: "loki",
  application: "loki",
  container: "loki",
};

test("a line that was pushed is read back with its age, and nobody else's is taken for it", async () => {
  await until("an answer", async () => (await read(expected("zinc"))).state === "pending");
  expect(
    await server.push(labels("zinc"), [
      { ago: 5, line: "hello" },
      { ago: 1, line: "again" },
    ]),
  ).toMatchObject({
    status: 204,
  });

  const reading = await until("the line", async () => {
    const found = await read(expected("zinc"));
    return found.state === "live" && found;
  });
  expect(reading.evidence).toMatch(/^2 lines in 5 min, the last \d+\.\d s ago$/);
  expect(reading.ageSeconds).toBeGreaterThanOrEqual(1);
  expect(await read(expected("zin"))).toMatchObject({ state: "pending" });
  expect(await read(expected('x"} or {a=~".+'))).toMatchObject({ state: "pending" });
});

test("a line of 1 MiB is refused alone, its sender and the operator are told, and its neighbours are stored", async () => {
  const long = "x".repeat(1024 * 1024);
  const answer = await server.push(labels("tin"), [
    { ago: 3, line: "before" },
    { ago: 2, line: long },
    { ago: 1, line: "after" },
  ]);

  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining("max entry size") });
  expect(await read(expected("tin"))).toMatchObject({ evidence: expect.stringMatching(/^2 lines/) });
  expect((await read(isReady)).evidence).toContain("of which refused: 1 line_too_long");
});

test("lines out of order are taken within the hour, and what is further behind or ahead is refused and told", async () => {
  const of = labels("lead");
  expect(await server.push(of, [{ ago: 0, line: "now" }])).toMatchObject({ status: 204 });
  expect(await server.push(of, [{ ago: 600, line: "ten minutes before" }])).toMatchObject({ status: 204 });
  expect(await server.push(of, [{ ago: 2 * 3600, line: "two hours before" }])).toMatchObject({
    status: 400,
    body: expect.stringContaining("too far behind"),
  });
  expect(await server.push(of, [{ ago: 8 * 86_400, line: "last week" }])).toMatchObject({ status: 400 });
  expect(await server.push(of, [{ ago: -3600, line: "tomorrow" }])).toMatchObject({ status: 400 });

  const { evidence } = await read(isReady);
  expect(evidence).toContain("1 greater_than_max_sample_age");
  expect(evidence).toContain("1 too_far_behind");
  expect(evidence).toContain("1 too_far_in_future");
});

test("labels that the field's forwarders add beside identity fit", async () => {
  const more = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`label_${at}`, "x"]));

  expect(await server.push({ ...labels("brass"), ...more }, [{ ago: 0, line: "x" }])).toMatchObject({
    status: 204,
  });
});

test("the server runs with the file and no other, keeps lines for the days that were told, and tells it", async () => {
  expect(await loki.confirm?.(server.url, server.files, http)).toBe("applied");
  const other = server.configuration({ ...SETTINGS, retentionDays: 3 }).files["loki.json"]?.content ?? "";
  expect(await loki.confirm?.(server.url, { "loki.json": other }, http)).toBe("stale");
  const { body } = await http(`${server.url}/config`);
  expect(body).toMatch(/\n {2}retention_enabled: true\n/);
  expect(body).toMatch(/\n {2}retention_period: 30d\n/);
});

test("every metric that the charm's rules read is there", async () => {
  const { body } = await http(`${server.url}/metrics`);
  const helped = [...body.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name);

  expect(helped).toEqual(
    expect.arrayContaining([
      "loki_discarded_samples_total",
      "loki_request_duration_seconds",
      "loki_ingester_chunks_flush_failures_total",
      "loki_ingester_wal_disk_usage_percent",
      "loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds",
      "loki_panic_total",
    ]),
  );
});

test("lines that were taken are there after the server was killed and started with other settings", async () => {
  await server.push(labels("gold"), [{ ago: 1, line: "kept" }]);
  await server.end("SIGKILL");
  await server.run({ ...SETTINGS, retentionDays: 0, maxLineKb: 2048 });

  expect(await loki.confirm?.(server.url, server.files, http)).toBe("applied");
  await until("the line", async () => (await read(expected("gold"))).state === "live");
  expect(await server.push(labels("gold"), [{ ago: 0, line: "x".repeat(1024 * 1024) }])).toMatchObject({
    status: 204,
  });
});

test("Loki's own check accepts the file and refuses one that it would not start with", () => {
  const { content = "", check } = server.configuration(SETTINGS).files["loki.json"] ?? {};
  const folder = mkdtempSync(join(tmpdir(), "orrery-loki-check-"));
  const path = join(folder, "loki.json");
  const verdict = (text: string): string => {
    writeFileSync(path, text);
    return judge(check?.command ?? [], path);
  };

  expect(verdict(content)).toBe("");
  expect(verdict(content.replace('"720h"', '"often"'))).toContain("not a valid duration");
  expect(verdict(content.replace('"target"', '"tarket"'))).toContain("tarket");
  rmSync(folder, { recursive: true });
});
