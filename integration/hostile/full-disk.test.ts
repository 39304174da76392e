import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { World, until } from "../world/world.ts";

const folder = mkdtempSync(join(tmpdir(), "orrery-full-disk-"));
const isRoot = process.getuid?.() === 0;
let mounted = false;
afterAll(() => {
  if (mounted) execFileSync("umount", ["--lazy", folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Fills whatever room is left, to the last byte. */
function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (let size = 64 * 1024; size > 0;) {
      try {
        writeSync(file, Buffer.alloc(size));
        fsyncSync(file);
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

interface Told {
  readonly applications: Readonly<
    Record<string, { readonly "application-status": { readonly current: string; readonly message?: string } }>
  >;
}

test.skipIf(!isRoot)(
  "on a full disk a change is refused or told, nobody's files change, and all is well once there is room (only root may mount a small disk)",
  { timeout: 180_000 },
  async () => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", folder]);
    mounted = true;
    await using world = new World({ home: join(folder, "home") });
    const said = async (): Promise<string> => {
      const { applications } = await world.json<Told>("status");
      const { current, message = "" } = applications["alertmanager"]?.["application-status"] ?? {
        current: "",
      };
      return `${current}: ${message}`;
    };
    const config = async (port: number) =>
      await world.try(
        "config",
        "alertmanager",
        `webhook-url=http://127.0.0.1:${port}/${"long/".repeat(200)}`,
      );
    await world.run("up");
    await world.run("deploy", "alertmanager");
    await world.run("deploy", "storefront");
    await until("alertmanager active", async () => (await said()).startsWith("active"), 120_000);
    const files = "units/alertmanager-0/alertmanager/current";
    const before = world.digests(files);

    fill(join(folder, "ballast"));
    const seen = await until("the full disk told", async () => {
      const ran = await config(5000 + Math.floor(Math.random() * 1000));
      const told = `${ran.stderr}\n${await said()}`;
      return /STORE_FULL|PUBLICATION_FAILED/.test(told) ? told : undefined;
    });
    expect(seen).toMatch(/make room|free|room/i);
    expect(world.digests(files)).toEqual(before);
    expect(await world.run("status")).toContain("storefront");

    rmSync(join(folder, "ballast"));
    await until("the change taken", async () => (await config(5999)).code === 0);
    await until("alertmanager well again", async () => (await said()).startsWith("active"));
    await until("the new files", async () => JSON.stringify(world.digests(files)) !== JSON.stringify(before));
  },
);
