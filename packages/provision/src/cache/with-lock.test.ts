import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSandbox } from "../../test/sandbox.ts";
import { withLock } from "./with-lock.ts";

test("a lock keeps others out while it is held, and is free as soon as its process is killed", async () => {
  await using sandbox = await openSandbox();
  const file = join(sandbox.folder, "demo.lock");
  const source = `const { DatabaseSync } = require("node:sqlite");
    new DatabaseSync(${JSON.stringify(file)}).exec("BEGIN EXCLUSIVE");
    console.log("held"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["-e", source], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");

  const onWait = (): boolean => holder.kill("SIGKILL");
  expect(await withLock(file, { onWait }, async () => holder.killed)).toBe(true);
});
