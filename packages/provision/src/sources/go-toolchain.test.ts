import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openServer } from "../../test/local-server.ts";
import { demo, openSandbox } from "../../test/sandbox.ts";
import type { GoToolchainRecipe, ProgramManifest } from "../program-manifest.ts";
import { provision } from "../provision.ts";
import { proxiesOf } from "./go-toolchain.ts";

/** Six files as a module zip; `go mod download` of Go 1.26 gave the checksum below for it. */
const zip = readFileSync(new URL("../../test/fixtures/toolchain.go-mod-download.zip", import.meta.url));

const CHECKSUM = "h1:zkVzbPjjOHpOooqNysFNK3hd4VFMC5Pvgogj+2LdmVM=";
const PATH = "/golang.org/toolchain/@v/v0.0.1-go9.9.9.linux-amd64.zip";

function toolchain(checksum: string): ProgramManifest {
  const recipe: GoToolchainRecipe = {
    kind: "go-toolchain",
    version: "9.9.9",
    checksums: { "linux-amd64": checksum },
  };
  const probe = { arguments: ["version"], says: /go version go(\S+)/ };
  return demo([recipe], { name: "tools", versions: "*", binaries: [{ name: "go" }], probe });
}

test("the toolchain comes from the first proxy that has it, and is made ready to run", async () => {
  await using sandbox = await openSandbox();
  await using empty = await openServer((_request, response) => {
    response.writeHead(404).end();
  });
  await using server = await openServer((_request, response) => {
    response.end(zip);
  });
  const env = { GOPROXY: `${empty.url},${server.url}/,direct` };

  const { tools } = await provision(["tools"], sandbox.options(toolchain(CHECKSUM), { env }));

  expect(tools).toMatchObject({ version: "9.9.9", source: "Go toolchain" });
  expect([empty.asked, server.asked]).toEqual([[PATH], [PATH]]);
  const go = join(tools?.folder ?? "", "go");
  expect(readFileSync(join(go, "src/go.mod"), "utf8")).toContain("module std");
  expect(statSync(join(go, "pkg/tool/compile")).mode & 0o111).not.toBe(0);
});

test.for([
  {
    what: "another checksum",
    checksum: "h1:other=",
    body: zip,
    why: /DOWNLOAD_CHECKSUM_MISMATCH: .* has checksum h1:zkV/,
  },
  { what: "a zip cut short", checksum: CHECKSUM, body: zip.subarray(0, 900), why: /ARCHIVE_INVALID/ },
  {
    what: "a zip of damaged content",
    checksum: CHECKSUM,
    body: damaged(zip),
    why: /ARCHIVE_INVALID|DOWNLOAD_CHECKSUM_MISMATCH/,
  },
  {
    what: "a name that leads out",
    checksum: CHECKSUM,
    body: renamed(zip, "src/_go.mod", "../../x.mod"),
    why: /ARCHIVE_INVALID: .* does not belong/,
  },
])("$what is refused", async ({ checksum, body, why }) => {
  await using sandbox = await openSandbox();
  await using server = await openServer((_request, response) => {
    response.end(body);
  });

  await expect(
    provision(["tools"], sandbox.options(toolchain(checksum), { env: { GOPROXY: server.url } })),
  ).rejects.toThrow(why);
});

test("a machine for which no toolchain is pinned is told so", async () => {
  await using sandbox = await openSandbox();

  await expect(
    provision(["tools"], sandbox.options(toolchain(CHECKSUM), { env: {}, platform: "linux-riscv64" })),
  ).rejects.toThrow(/GO_TOOLCHAIN_UNSUPPORTED/);
});

test("without GOPROXY, Go's own default holds; without any proxy in it, there is none", () => {
  expect(proxiesOf(undefined)).toEqual(["https://proxy.golang.org"]);
  expect(proxiesOf("https://a.example|https://b.example,off")).toEqual([
    "https://a.example",
    "https://b.example",
  ]);
  expect(() => proxiesOf("direct")).toThrow(/names no http or https address/);
});

function damaged(whole: Buffer): Buffer {
  const copy = Buffer.from(whole);
  copy.fill(0, 120, 140);
  return copy;
}

function renamed(whole: Buffer, from: string, to: string): Buffer {
  return Buffer.from(whole.toString("latin1").replaceAll(from, to), "latin1");
}
