import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { pythonEnvironment } from "./python-environment.ts";
import { runToEnd } from "./run-to-end.ts";

const SOURCE = fileURLToPath(new URL("charms/greeter/src", import.meta.url));
const ADDRESS = "127.0.0.1";
const folder = mkdtempSync(join(tmpdir(), "greeter-"));
afterAll(async () => {
  await workload("stop()");
  rmSync(folder, { recursive: true });
});

test("a greeter outlives the hook that started it, is found by the next one, moves, and ends", async () => {
  const [port, other] = [await freePort(), await freePort()];
  expect(await workload(`start("${ADDRESS}", ${port})`)).toBe("");
  await fetch(`http://${ADDRESS}:${port}/hello`);
  expect(await metrics(port)).toMatch(/^greeter_greetings_total 1$/mu);

  const first = readFileSync(join(folder, "greeter.pid"), "utf8");
  await workload(`start("${ADDRESS}", ${port})`);
  expect(readFileSync(join(folder, "greeter.pid"), "utf8")).toBe(first);

  await workload(`start("${ADDRESS}", ${other})`);
  expect(await metrics(other)).toMatch(/^greeter_greetings_total 0$/mu);
  await expect(metrics(port)).rejects.toThrow("fetch failed");

  await workload("stop()");
  await expect(metrics(other)).rejects.toThrow("fetch failed");
});

test("a greeter that cannot listen says why, and is not kept", async () => {
  const taken = createServer();
  const port = await listen(taken);
  try {
    expect(await workload(`start("${ADDRESS}", ${port})`)).toContain("Address already in use");
    expect(await workload("stop()")).toBe("");
  } finally {
    taken.close();
  }
});

/** Calls the workload as a hook does, in a process of its own; gives the last line of its error. */
async function workload(call: string): Promise<string> {
  const { python } = await pythonEnvironment();
  const script = `from pathlib import Path; from workload import Workload; Workload(Path(${JSON.stringify(folder)})).${call}`;
  const ran = await runToEnd(python, ["-c", script], { env: { ...process.env, PYTHONPATH: SOURCE } });
  return ran.stderr.trim().split("\n").at(-1) ?? "";
}

async function metrics(port: number): Promise<string> {
  return (await fetch(`http://${ADDRESS}:${port}/metrics`)).text();
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((closed) => server.close(closed));
  return port;
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, ADDRESS, ready));
  const { port } = server.address() as AddressInfo;
  return port;
}
