import { expect, test } from "vitest";
import { serviceState } from "./service-state.ts";
import { parseSuperviseStatus } from "./supervise-status.ts";

// Written by runsv 2.1.2 for a process 26574 that had been started at 2026-11-24T00:00:04.515Z.
const bytes = Buffer.from("400000006b04d38e1ea8ee2cce67000000750001", "hex");
const started = Date.parse("2026-11-24T00:00:04.514Z");
const status = parseSuperviseStatus(bytes);

test("reads what runsv wrote, and nothing of half a file", () => {
  expect(status).toMatchObject({ pid: 26_574, wants: "up", state: "run" });
  expect(Math.abs((status?.sinceMs ?? 0) - started)).toBeLessThan(2);
  expect(parseSuperviseStatus(bytes.subarray(0, 18))).toBeUndefined();
});

test("calls a service running once it has lived for a second, and tells how often it was started again", () => {
  const ended = { count: 3, exitCode: 1, signal: 0, atMs: started - 200 };
  const signs = { supervised: true, ...(status ? { status } : {}), lastLines: () => "no such flag" };

  expect(serviceState(signs, started + 500)).toEqual({ status: "starting", restarts: 0 });
  expect(serviceState(signs, started + 1100)).toEqual({ status: "running", restarts: 0 });
  expect(serviceState({ ...signs, ended }, started + 500)).toEqual({
    status: "backoff",
    restarts: 3,
    message: "ended with exit code 1: no such flag",
  });
  expect(serviceState({ ...signs, ended }, started + 1100)).toMatchObject({ status: "running", restarts: 3 });
});

test("never calls a service running while its supervisor is gone", () => {
  expect(
    serviceState({ supervised: false, ...(status ? { status } : {}), lastLines: () => "" }, started + 9999),
  ).toMatchObject({
    status: "unknown",
  });
});
