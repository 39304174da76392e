import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { zip } from "../zip.test-support.ts";
import type { ZippedFile } from "../zip.test-support.ts";
import { readCharmFolder } from "./read-charm-folder.ts";
import { unpackCharm } from "./unpack-charm.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "orrery-unpack-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const METADATA: ZippedFile = { name: "metadata.yaml", content: "name: packed\n", mode: 0o100644 };
const DISPATCH: ZippedFile = { name: "dispatch", content: "#!/bin/sh\n", mode: 0o100755 };

async function unpacked(files: readonly ZippedFile[]): Promise<string> {
  writeFileSync(join(root, "it.charm"), zip(files));
  return await unpackCharm(join(root, "it.charm"), join(root, "cache"));
}

test("a packed charm is unpacked once, with its programs and links", async () => {
  const link: ZippedFile = { name: "lib/now", content: "v1/code.py", mode: 0o120777 };
  const code: ZippedFile = { name: "lib/v1/code.py", content: "pass\n", mode: 0o100600 };
  const folder = await unpacked([METADATA, DISPATCH, link, code]);

  expect(readCharmFolder(folder).manifest.name).toBe("packed");
  expect(statSync(join(folder, "dispatch")).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(folder, "lib/now"), "utf8")).toBe("pass\n");
  const before = statSync(folder).ctimeMs;
  expect(await unpackCharm(join(root, "it.charm"), join(root, "cache"))).toBe(folder);
  expect(statSync(folder).ctimeMs).toBe(before);
});

test("an archive made where files have no modes still has its program", async () => {
  const folder = await unpacked([METADATA, { ...DISPATCH, mode: 0 }]);

  execFileSync(join(folder, "dispatch"));
  expect(existsSync(join(folder, "metadata.yaml"))).toBe(true);
});

test.for([
  [{ name: "../evil", content: "x", mode: 0o100644 }, '"../evil", which lies outside'],
  [{ name: "/etc/evil", content: "x", mode: 0o100644 }, "lies outside"],
  [{ name: "a/../../evil", content: "x", mode: 0o100644 }, "lies outside"],
  [{ name: "lib\\..\\evil", content: "x", mode: 0o100644 }, "lies outside"],
  [{ name: "link", content: "../../etc", mode: 0o120777 }, 'links "link" to "../../etc"'],
  [{ name: "link", content: "/etc/passwd", mode: 0o120777 }, 'links "link" to "/etc/passwd"'],
  [METADATA, "cannot be unpacked: EEXIST"],
] as const)(
  "a name that leads out, or stands twice, is refused and leaves nothing: %j",
  async ([file, words]) => {
    await expect(unpacked([METADATA, DISPATCH, file])).rejects.toMatchObject({
      code: "CHARM_INVALID",
      message: expect.stringContaining(words),
    });
    expect(readdirSync(join(root, "cache"))).toEqual([]);
    expect(readdirSync(root).toSorted()).toEqual(["cache", "it.charm"]);
  },
);

test("what is no archive, or says that it is smaller than it is, is refused", async () => {
  writeFileSync(join(root, "no.charm"), "no zip at all");
  await expect(unpackCharm(join(root, "no.charm"), join(root, "cache"))).rejects.toMatchObject({
    code: "CHARM_INVALID",
    message: "packed charm no.charm cannot be unpacked: it has no end record; it is cut short or no zip",
  });
  const bomb = zip([METADATA, DISPATCH, { name: "zeros", content: "0".repeat(1_000_000), mode: 0o100644 }]);
  const central = bomb.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1"));
  bomb.writeUInt32LE(10, central + 24);
  writeFileSync(join(root, "bomb.charm"), bomb);
  await expect(unpackCharm(join(root, "bomb.charm"), join(root, "cache"))).rejects.toMatchObject({
    code: "CHARM_INVALID",
  });
});
