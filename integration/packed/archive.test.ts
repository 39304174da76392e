import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packCharm } from "@orrery/juju-host";
import { unzipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { charmFolder, pack } from "./packed-charm.ts";

const home = mkdtempSync(join(tmpdir(), "orrery-archive-"));
const root = resolve(import.meta.dirname, "../..");
const text = new TextDecoder();

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("a packed charm has what Juju reads, one bundled file, its workload with its packages, and Node that runs it", async () => {
  const packed = await packCharm({
    charm: charmFolder("products/storefront"),
    into: home,
    node: { architecture: process.arch === "arm64" ? "arm64" : "amd64" },
  });
  const files = unzipSync(readFileSync(packed.path));
  const names = Object.keys(files);

  expect(names.filter((name) => !name.includes("node_modules/")).toSorted()).toEqual([
    "README.md",
    "actions.yaml",
    "bin/node",
    "bin/node.licence.txt",
    "charm.mjs",
    "config.yaml",
    "dispatch",
    "licences.txt",
    "manifest.yaml",
    "metadata.yaml",
    "version",
    "workload/may-scrape.js",
    "workload/metrics.js",
    "workload/package.json",
    "workload/server.js",
    "workload/shop.js",
    "workload/tls.js",
    "workload/traffic.js",
  ]);
  expect(names).toContain("workload/node_modules/prom-client/index.js");
  const unpacked = join(home, "unpacked");
  expect(spawnSync("python3", ["-c", UNZIP, packed.path, unpacked], { encoding: "utf8" }).stderr).toBe("");
  const script = "import('./metrics.js').then(({ register }) => console.log(register.contentType))";
  const workload = join(unpacked, "workload");
  const shop = spawnSync(join(unpacked, "bin/node"), ["-e", script], { cwd: workload, encoding: "utf8" });
  expect(shop.stdout).toContain("text/plain");
  const hook = spawnSync(join(unpacked, "dispatch"), { cwd: unpacked, env: {}, encoding: "utf8" });
  expect(hook.stderr).toContain("variable JUJU_UNIT_NAME is missing");
});

test("the same charm gives the same bytes again, in another time zone, and from another folder", async () => {
  const first = readFileSync(await pack("products/storefront", join(home, "first")));
  const elsewhere = join(home, "some/where else/entirely");
  mkdirSync(elsewhere, { recursive: true });
  cpSync(charmFolder("products/storefront"), join(elsewhere, "shop"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  symlinkSync(join(root, "node_modules"), join(home, "some/node_modules"));
  const script = `
    const { packCharm } = await import("@orrery/juju-host");
    const [charm, into] = process.argv.slice(1);
    await packCharm({ charm, into, node: "none" });
  `;
  const child = spawnSync(
    process.execPath,
    [
      "--conditions=@orrery/source",
      "--input-type=module",
      "-e",
      script,
      "--",
      join(elsewhere, "shop"),
      join(home, "second"),
    ],
    { cwd: import.meta.dirname, env: { ...process.env, TZ: "Pacific/Chatham" }, encoding: "utf8" },
  );
  expect(child.stderr).toBe("");

  expect(readFileSync(join(home, "second/storefront.charm")).equals(first)).toBe(true);
});

test("nothing in it tells where it was packed", async () => {
  const files = unzipSync(readFileSync(await pack("products/storefront", home)));

  for (const [name, content] of Object.entries(files)) {
    for (const path of [root, home, homedir(), process.execPath])
      expect(`${name}: ${text.decode(content).includes(path)}`).toBe(`${name}: false`);
  }
});

test("every charm of this repository can be packed", async () => {
  for (const name of [
    "products/machine",
    "stack/prometheus",
    "stack/alertmanager",
    "stack/webhook-receiver",
  ]) {
    const files = unzipSync(readFileSync(await pack(name, home, { substrate: "kubernetes" })));
    expect(text.decode(files["metadata.yaml"])).toContain("resource: ");
  }
});

/** Unpacks as Juju does: with the permission bits that the archive has. */
const UNZIP = `
import os, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for info in archive.infolist():
    path = archive.extract(info, sys.argv[2])
    os.chmod(path, info.external_attr >> 16 & 0o777)
`;
