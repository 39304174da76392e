import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { locked } from "../../bootstrap/lock.mjs";

const folder = mkdtempSync(join(tmpdir(), "orrery-lock-"));
const file = join(folder, "nested/lock");
const never = new AbortController().signal;

// Who has to wait is told why; here that is noise.
beforeEach(() => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("only one at a time works, in whatever order they come", async () => {
  let inside = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(5);
    inside -= 1;
  };

  await Promise.all([locked(file, never, work), locked(file, never, work), locked(file, never, work)]);

  expect(existsSync(file)).toBe(false);
});

test("the lock of a process that is gone is taken over", async () => {
  const gone = spawnSync(process.execPath, ["--version"]).pid;

  await locked(file, never, async () => writeFileSync(`${file}.held`, ""));
  writeFileSync(file, String(gone));
  const owner = await locked(file, never, async () => readFileSync(file, "utf8"));

  expect(owner).toBe(String(process.pid));
});

test("work that fails frees the lock", async () => {
  await expect(locked(file, never, () => Promise.reject(new Error("no disk")))).rejects.toThrow("no disk");

  expect(existsSync(file)).toBe(false);
});

test("waiting ends when it is told to", async () => {
  const hurry = new AbortController();
  const work = Promise.withResolvers<void>();
  const holder = locked(file, never, () => work.promise);

  const waiting = locked(file, hurry.signal, async () => {});
  hurry.abort(new Error("interrupted"));

  await expect(waiting).rejects.toMatchObject({ cause: { message: "interrupted" } });
  work.resolve();
  await holder;
});
