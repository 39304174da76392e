import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ABSENT } from "@orrery/charm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localFolder } from "./local-folder.ts";

let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "orrery-folder-"));
  path = join(root, "ours");
  mkdirSync(path);
});
afterEach(() => rmSync(root, { recursive: true }));

test("a file is made, replaced and removed by the version that was read", async () => {
  const folder = localFolder(path);
  await folder.write("a.yml", "one", ABSENT);
  const first = await folder.read("a.yml");
  await folder.write("a.yml", "two", first?.version ?? "");

  expect((await folder.read("a.yml"))?.content).toBe("two");
  for (const change of [
    async () => await folder.write("a.yml", "three", first?.version ?? ""),
    async () => await folder.write("a.yml", "three", ABSENT),
    async () => await folder.remove("a.yml", first?.version ?? ""),
    async () => await folder.remove("b.yml", "x"),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: "EXTERNAL_CHANGED" });
  }
  expect(readdirSync(path)).toEqual(["a.yml"]);
  writeFileSync(join(path, ".c.yml.orrery-unfinished"), "hal");
  await folder.tidy(["a.yml", "c.yml"]);
  expect(readdirSync(path)).toEqual(["a.yml"]);
  await folder.remove("a.yml", (await folder.read("a.yml"))?.version ?? "");
  expect(readdirSync(path)).toEqual([]);
});

test("nothing but regular files of plain names is read, written or removed", async () => {
  const folder = localFolder(path);
  writeFileSync(join(root, "theirs"), "theirs");
  symlinkSync(join(root, "theirs"), join(path, "link.yml"));
  symlinkSync(join(root, "nowhere"), join(path, "broken.yml"));
  mkdirSync(join(path, "folder.yml"));
  writeFileSync(join(path, ".hidden"), "");

  expect(await folder.list()).toEqual([]);
  for (const name of ["link.yml", "broken.yml", "folder.yml"]) {
    await expect(folder.read(name)).rejects.toMatchObject({ code: "EXTERNAL_OBJECT_THEIRS" });
    await expect(folder.write(name, "x", ABSENT)).rejects.toMatchObject({ code: "EXTERNAL_OBJECT_THEIRS" });
    await expect(folder.remove(name, ABSENT)).rejects.toMatchObject({ code: "EXTERNAL_OBJECT_THEIRS" });
  }
  for (const name of ["../theirs", "", ".hidden", "a/b", "a\u0000", "..", "-x"]) {
    await expect(folder.write(name, "x", ABSENT)).rejects.toMatchObject({ code: "EXTERNAL_WRITE_FAILED" });
  }
  expect(readFileSync(join(root, "theirs"), "utf8")).toBe("theirs");
});

test("a folder that cannot be used says why", async () => {
  symlinkSync(path, join(root, "link"));
  writeFileSync(join(root, "file"), "");

  expect(await localFolder(path).fault("write")).toBeUndefined();
  expect(await localFolder(join(root, "none")).fault("write")).toBe("is not there");
  expect(await localFolder(join(root, "file")).fault("write")).toBe("is no folder");
  expect(await localFolder(join(root, "link")).fault("read")).toMatch(/^is a symbolic link/);
  expect(await localFolder("relative").fault("read")).toBe("is no absolute path");
});
