import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openHome } from "../home/engine-home.ts";
import { lockHome } from "./engine-lock.ts";

const root = mkdtempSync(join(tmpdir(), "orrery-lock-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("gives a folder to one engine at a time, and says who has it", () => {
  const home = openHome(join(root, "one"));
  const first = lockHome(home, "2026-01-01T00:00:00.000Z");

  expect(() => lockHome(home, "2026-01-02T00:00:00.000Z")).toThrow(
    expect.objectContaining({
      code: "ENGINE_RUNNING",
      message: expect.stringContaining(`pid ${process.pid}, since 2026-01-01`),
    }),
  );
  first[Symbol.dispose]();
  lockHome(home, "2026-01-02T00:00:00.000Z")[Symbol.dispose]();
});

test("takes over from a process that was killed", async () => {
  const home = openHome(join(root, "two"));
  const script = `
    const { DatabaseSync } = require("node:sqlite");
    const held = new DatabaseSync(${JSON.stringify(home.lock)});
    held.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    console.log("held");
    setInterval(() => held.isOpen, 1000);
  `;
  const holder = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve) => holder.stdout.once("data", resolve));

  expect(() => lockHome(home, "2026-01-01T00:00:00.000Z")).toThrow(
    expect.objectContaining({ code: "ENGINE_RUNNING" }),
  );
  const ended = new Promise((resolve) => holder.once("exit", resolve));
  holder.kill("SIGKILL");
  await ended;
  expect(lockHome(home, "2026-01-01T00:00:00.000Z").pid).toBe(process.pid);
});
